"""Tables go to data frames, with their types."""

from __future__ import annotations

import json
from datetime import date, datetime

import duckdb
import pandas
import polars
import pyarrow
import pytest
from conftest import record

import crossread

ALL = "articles stories claims readings disputes sides quotes copies names mentions timeline".split()


@pytest.mark.parametrize("name", ALL)
def test_every_reader_takes_every_table(report: crossread.Report, name: str) -> None:
    table = report.table(name)
    arrow = pyarrow.table(table)
    assert arrow.schema.names == list(table.columns)
    assert arrow.num_rows == len(table)
    assert polars.DataFrame(table).height == len(table)
    assert duckdb.sql("SELECT count(*) FROM arrow").fetchall() == [(len(table),)]
    assert len(table.to_pandas()) == len(table)
    arrow.validate(full=True)


def test_rows_are_those_of_the_report(report: crossread.Report) -> None:
    stories = json.loads(report.json())["stories"]
    readings = sum(len(claim["readings"]) for story in stories for claim in story["claims"])
    assert len(report.readings) == readings > 0
    assert len(report.claims) == sum(len(story["claims"]) for story in stories)
    assert len(report.mentions) == sum(len(name["mentions"]) for story in stories for name in story["names"])
    assert len(report.stories.table) == len(stories)


def test_cells_have_types(report: crossread.Report) -> None:
    frame = report.readings.to_polars()
    assert frame.schema["near"] == polars.Boolean
    assert frame.schema["published"] == polars.Date
    assert frame.schema["published_at"] == polars.Datetime("us", "UTC")
    assert frame.schema["start"] == polars.Int64
    days = frame["published"].drop_nulls()
    assert len(days) and isinstance(days[0], date)
    corroborated = frame.filter(polars.col("verdict") == "corroborated").group_by("story_id", "claim_key").len()
    assert corroborated.height == sum(
        claim.verdict == "corroborated" for story in report.stories for claim in story.claims
    )


def test_stories_and_articles_are_tables_too(report: crossread.Report) -> None:
    assert polars.DataFrame(report.stories)["story_id"].to_list() == [story.id for story in report.stories]
    assert polars.DataFrame(report.articles)["article_id"].to_list() == [article.id for article in report.articles]


def test_stages_have_tables() -> None:
    records = [record(number) for number in range(5)]
    articles = crossread.extract(records)
    assert polars.DataFrame(articles)["article_id"].to_list() == [article.id for article in articles]
    marks = crossread.annotate(records).table.to_polars()
    assert {"sentence", "name", "quote", "date"} <= set(marks["layer"])
    said = marks.filter((polars.col("layer") == "quote") & polars.col("source").is_not_null())
    assert said.height == 10
    groups = crossread.group(records).table.to_polars()
    assert groups.columns == ["article_id", "story_id", "copy_of"]


def test_there_is_no_other_table(report: crossread.Report) -> None:
    with pytest.raises(KeyError, match="there is no table"):
        report.table("gossip")


@pytest.mark.parametrize("make", [polars.DataFrame, pandas.DataFrame, pyarrow.Table.from_pylist])
def test_frames_are_read(make: object) -> None:
    records = [record(number) for number in range(30)]
    frame = make(records)  # type: ignore[operator]
    assert [one.article for one in crossread.annotate(frame)] == [one.article for one in crossread.annotate(records)]


def test_frames_with_days_times_categories_and_other_names_are_read() -> None:
    frame = polars.DataFrame(
        {
            "n": [1, 2],
            "body": [record(1)["text"], record(2)["text"]],
            "when": [date(2026, 3, 2), None],
            "paper": polars.Series(["The Crier", "The Crier"], dtype=polars.Categorical),
        }
    )
    fields = {"id": "n", "text": "body", "published": "when", "outlet": "paper"}
    one, two = crossread.extract(frame, fields=fields)
    assert (one.id, one.published, one.outlet, two.published) == ("1", "2026-03-02", "The Crier", None)
    stamped = polars.DataFrame({"text": [record(1)["text"]], "published": [datetime(2026, 3, 2, 23, 30)]})
    (article,) = crossread.extract(stamped)
    assert article.published == "2026-03-02"


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (polars.DataFrame({"body": ["x"]}), 'the data frame has no column "text" or "html": it has "body"'),
        (polars.DataFrame({"text": [1.5]}), 'column "text" holds Float64, which is no text: cast it to text'),
        (polars.DataFrame({"text": ["x", None]}), "row 1 (counted from 0) of the data frame has no text"),
        (polars.DataFrame({"text": ["x"], "outlet": [["a"]]}), 'column "outlet" holds LargeList'),
        (polars.DataFrame({"text": [b"x"]}), 'column "text" holds'),
        (polars.DataFrame(), "it has none"),
    ],
)
def test_frames_that_cannot_be_read_are_named(frame: polars.DataFrame, words: str) -> None:
    with pytest.raises(crossread.InputError) as raised:
        crossread.extract(frame)
    assert words in str(raised.value)


def test_a_column_that_is_named_must_be_there() -> None:
    with pytest.raises(crossread.InputError, match='no column "body"'):
        crossread.extract(polars.DataFrame({"text": ["x"]}), fields={"text": "body"})


def test_an_empty_frame_and_an_empty_list_give_nothing() -> None:
    assert len(crossread.extract(polars.DataFrame({"text": []}, schema={"text": polars.String}))) == 0
    report = crossread.read([])
    assert len(report.stories) == len(report.articles) == len(report.readings) == 0
    assert polars.DataFrame(report.readings).height == 0
