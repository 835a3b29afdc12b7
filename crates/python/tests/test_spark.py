"""Archives on Spark: two workers with a core each give what one process gives, and lose nothing when one of them dies."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import threading
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import record

import crossread

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def _missing() -> str | None:
    try:
        import pyarrow  # noqa: F401
        import pyspark  # noqa: F401
    except ImportError as error:
        return f"{error}: pip install 'crossread[spark]'"
    java = Path(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else shutil.which("java")
    return None if java and Path(java).exists() else "there is no Java: install a JRE of version 17 or later"


if missing := _missing():
    warnings.warn(f"NOTHING OF crossread.spark IS TESTED: {missing}", stacklevel=1)
    pytest.skip(f"nothing of crossread.spark is tested: {missing}", allow_module_level=True)

from crossread import spark as news  # noqa: E402
from crossread.spark._components import components  # noqa: E402
from crossread.spark._windows import windows  # noqa: E402

TABLE = "id string, outlet string, title string, published string, text string"


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "4",
        # Another zone than that of the articles: no answer may depend on it.
        "spark.sql.session.timeZone": "America/New_York",
        "spark.task.maxFailures": "8",
    }
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("crossread")
    for name, value in settings.items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    made.sparkContext.setLogLevel("OFF")
    yield made
    made.stop()


#: Events that have few words in common: a place, and three ways to tell what happened there.
EVENTS = {
    "Quell": ("Fire gutted the grain mill of Quell", "Firemen fought the blaze at Quell's mill until noon"),
    "Arnsby": ("Arnsby's council voted to close its swimming baths", "The baths of Arnsby shut after a vote of councillors"),
    "Torvik": ("A ferry ran aground off Torvik in dense fog", "Fog put the Torvik ferry on the rocks, sailors said"),
    "Maldon": ("Teachers in Maldon walked out over their pay", "A strike of Maldon's teachers emptied the schools"),
    "Ferrow": ("Thieves took nine paintings from Ferrow's gallery", "Nine canvases are gone from the gallery in Ferrow"),
    "Isk": ("An earthquake cracked the dam above Isk", "Engineers found cracks in Isk's dam after the tremor"),
    "Orla": ("Chess master Orla Venn beat the champion in Genoa", "The champion lost his chess title to Orla Venn"),
    "Benrath": ("Doctors at Benrath transplanted a windpipe", "A patient got a new windpipe from surgeons in Benrath"),
    "Lissow": ("Archaeologists dug a Roman ship out of Lissow's clay", "A Roman vessel came out of the clay at Lissow"),
    "Dorn": ("Frost killed half of the apricot harvest around Dorn", "Growers at Dorn lost their apricots to late frost"),
    "Wexley": ("Wexley Rovers sacked their coach after ten defeats", "The coach of Wexley Rovers was dismissed"),
    "Pernow": ("Customs officers seized ivory in Pernow's port", "Tusks of ivory were found by customs at Pernow"),
}


#: Words enough for a copy to be known.
DAYS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen")


def story(event: int, outlet: int, day: int = 1) -> dict[str, Any]:
    """A report of one of a dozen events, in words of its own."""
    place = [*EVENTS][event % 12]
    one, other = EVENTS[place]
    number = "" if event < 12 else f" {event}"
    orders = [f"{one}{number}. {other}.", f"{other}{number}. {one}.", f"{one}{number}, neighbours said."]
    return {
        "id": f"e{event}o{outlet}",
        "outlet": f"The {outlet} Post",
        "title": [one, other][outlet % 2] + number,
        "published": f"2026-03-{day:02}T0{outlet % 10}:15:00Z",
        "text": f'{orders[outlet % 3]}\n\nIda {place}son saw it. "{one.split()[-1]} is all I can say," '
        f"Ida {place}son told the Post {outlet}. {other}, she said.\n",
    }


def frame(session: SparkSession, records: list[dict[str, Any]], parts: int = 3) -> DataFrame:
    names = [column.split()[0] for column in TABLE.split(", ")]
    rows = [tuple(one.get(name) for name in names) for one in records]
    return session.createDataFrame(rows, TABLE).repartition(parts)


def told(table: Any) -> Counter[str]:
    """Rows of a table, whatever their order."""
    import pyarrow

    table = pyarrow.table(table) if not isinstance(table, pyarrow.Table) else table
    return Counter(json.dumps(row, default=str, sort_keys=True) for row in table.to_pylist())


def partition(pairs: list[tuple[str, str]]) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for article, of in pairs:
        groups.setdefault(of, set()).add(article)
    return {frozenset(group) for group in groups.values()}


def test_pages_of_files_are_read_and_what_is_corrupt_is_listed(
    session: SparkSession, samples: Path, tmp_path: Path
) -> None:
    pages = tmp_path / "pages"
    shutil.copytree(samples, pages)
    (pages / "broken.zip").write_bytes(b"PK\x03\x04" + bytes(range(200)))
    (pages / "broken.warc.gz").write_bytes(b"\x1f\x8b\x08\x00" + b"\x00" * 40)
    (pages / "records.jsonl").write_text(
        json.dumps(story(1, 1)) + "\n{not json\n" + json.dumps(story(1, 2)) + "\n", encoding="utf-8"
    )
    files = session.read.format("binaryFile").option("recursiveFileLookup", "true").load(str(pages))
    read = news.read_pages(files.repartition(4))
    rows = read.select("article_id", "text", "path", "skipped").collect()
    skipped = {row.path.rsplit("/", 1)[-1]: row.skipped for row in rows if row.skipped is not None}
    assert {"broken.zip", "broken.warc.gz", "records.jsonl:2"} <= set(skipped), skipped
    assert all(row.article_id is None and row.text is None for row in rows if row.skipped is not None)
    ours = {row.article_id: row.text for row in rows if row.skipped is None}
    assert ours == {article.id: article.text for article in crossread.extract(pages)}


def test_an_id_is_there_once_whatever_the_partitions(session: SparkSession) -> None:
    first = story(1, 1)
    records = [first, {**first, "outlet": "Another"}, dict(first), story(2, 1), {"id": "bare"}]
    rows = [(one["id"], one.get("outlet"), one.get("text"), f"p{at}") for at, one in enumerate(records)]
    paths = session.createDataFrame(rows, "id string, outlet string, text string, path string")
    seen = set()
    for parts in (1, 5):
        rows = news.read_pages(paths.repartition(parts)).orderBy("path").collect()
        seen.add(tuple((row.article_id, row.outlet, row.path, row.skipped) for row in rows))
    (rows_seen,) = seen
    assert [row[3] is None for row in rows_seen] == [True, False, False, True, False]
    assert rows_seen[1][3] == "its id is that of p0"
    assert rows_seen[2][3] == "the same article as p0, and no other address or outlet"


def test_marks_are_those_of_one_process_and_a_dead_worker_loses_nothing(session: SparkSession) -> None:
    records = [story(event, outlet) for event in range(24) for outlet in range(5)]
    articles = news.read_pages(frame(session, records, 4)).localCheckpoint()
    # The executors are processes of their own; one dies while its tasks run.
    killed: list[int] = []

    def kill() -> None:
        for _ in range(200):
            time.sleep(0.02)
            if busy := session.sparkContext.statusTracker().getActiveJobsIds():
                time.sleep(0.3)
                assert busy
                killed.append(_an_executor())
                return

    plain = articles.select([column for column in articles.columns if column != "skipped"])
    rows = plain.toArrow()
    again = session.createDataFrame(rows).repartition(12)
    killer = threading.Thread(target=kill)
    killer.start()
    marks = news.annotate(again).toArrow()
    killer.join()
    assert killed
    given = [
        {"id": row["article_id"], "title": row["title"], "outlet": row["outlet"], "text": row["text"],
         "published": str(row["published"]), "language": row["language"]}
        for row in rows.to_pylist()
    ]
    assert told(marks) == told(crossread.annotate(given).table)


def _an_executor() -> int:
    """Kills one of the processes that run tasks; gives its number."""
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        try:
            command = (process / "cmdline").read_bytes()
            parents = (process / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if b"CoarseGrainedExecutorBackend" in command and _below(int(parents[1])):
            os.kill(int(process.name), signal.SIGKILL)
            return int(process.name)
    raise AssertionError("there is no executor")


def _below(process: int) -> bool:
    """Whether a process comes from this one."""
    while process > 1:
        if process == os.getpid():
            return True
        stat = Path(f"/proc/{process}/stat").read_text()
        process = int(stat.rsplit(")", 1)[1].split()[1])
    return False


def test_stories_are_those_of_one_process(session: SparkSession) -> None:
    records = [story(event, outlet, 1 + event % 20) for event in range(12) for outlet in range(5)]
    records[7]["published"] = None
    articles = news.read_pages(frame(session, records)).localCheckpoint()
    one = {group.article: group.story for group in crossread.group(records)}
    rows = news.stories(articles).collect()
    assert {row.article_id: row.story_id for row in rows} == one
    cut = news.stories(articles, limit=20, days=2).collect()
    assert sorted(row.article_id for row in cut) == sorted(one), "every article is in one story"
    assert partition([(row.article_id, row.story_id) for row in cut]) == partition(list(one.items()))


def test_reprints_are_one_story_and_readings_tell_what_was_left_out(session: SparkSession) -> None:
    # A text of a few sentences is too short to tell a reprint from another report.
    first = {**story(1, 0), "text": "".join(story(event, 0)["text"] for event in (1, 13, 25, 37, 49))}
    reports = [first, *(story(1, outlet) for outlet in (1, 2))]
    records = reports + [{**first, "id": f"r{number:03}"} for number in range(60)]
    articles = news.read_pages(frame(session, records)).localCheckpoint()
    stories = news.stories(articles, limit=10)
    assert stories.select("story_id").distinct().count() == 1
    readings = news.compare(stories, articles, limit=20).collect()
    assert {row.left_out for row in readings} == {60}
    assert {row.outlet for row in readings} == {"The 0 Post", "The 1 Post", "The 2 Post"}
    whole = news.compare(stories.drop("copy_of"), articles, limit=20, table="articles").collect()
    assert len(whole) == 20 and {row.left_out for row in whole} == {43}


def test_readings_are_those_of_one_process(session: SparkSession) -> None:
    records = [story(event, outlet) for event in range(4) for outlet in range(4)]
    articles = news.read_pages(frame(session, records)).localCheckpoint()
    stories = news.stories(articles)
    ours = Counter((row.story_id, row.article_id, row.start, row.verdict) for row in news.compare(stories, articles).collect())
    report = crossread.read(records, align="words").readings.to_arrow().to_pylist()
    assert ours == Counter((row["story_id"], row["article_id"], row["start"], row["verdict"]) for row in report)


def test_copies_are_found_across_stories_and_partitions(session: SparkSession) -> None:
    long = " ".join(f"The {word} of the old town went on all night beside the {word} mill." for word in WORDS)
    records = [
        {"id": "a", "outlet": "A", "published": "2026-03-01", "text": f"{long}\n"},
        {"id": "b", "outlet": "B", "published": "2026-03-03", "text": f"{long}\n"},
        {"id": "c", "outlet": "C", "published": "2026-05-03", "text": f"{long[: len(long) // 2]}\n{story(3, 1)['text']}"},
        story(5, 1),
    ]
    articles = news.read_pages(frame(session, records)).localCheckpoint()
    pairs = {(row.a_id, row.b_id): row for row in news.copies(articles).collect()}
    assert set(pairs) == {("a", "b"), ("a", "c"), ("b", "c")}
    assert (pairs["a", "b"].kind, pairs["a", "b"].direction, pairs["a", "b"].a_share) == ("copy", "b-from-a", 1.0)
    pieces = {(row.a_id, row.b_id) for row in news.copies(articles, limit=2).collect()}
    assert pieces == {("a", "b"), ("a", "c")}, "of many each is compared with the first"


WORDS = "lantern cartwheel saddler orchard quarry ferry tannery belfry gatehouse smithy vineyard chandler".split()


@pytest.mark.parametrize("few", [1, 10_000])
def test_components_are_found_in_rounds_and_in_one_place(session: SparkSession, few: int, tmp_path: Path) -> None:
    path = [(n, n + 1) for n in range(0, 40)]
    star = [(100, 100 + n) for n in range(1, 30)]
    ring = [(200 + n, 200 + (n + 1) % 7) for n in range(7)]
    edges = session.createDataFrame(path + star + ring + [(300, 300)], "a long, b long")
    found = {row.node: row.component for row in components(edges, str(tmp_path), few).collect()}
    assert found == {**{n: 0 for n in range(41)}, **{100 + n: 100 for n in range(30)}, **{200 + n: 200 for n in range(7)}}


def test_every_day_is_in_two_windows_and_in_the_middle_of_one() -> None:
    cut = windows({**{day: 100 for day in range(40)}, None: 3}, days=4, limit=20)
    pairs = [cut.of(day) for day in range(40)]
    assert all(one % 2 == 0 and other % 2 for one, other in pairs)
    assert all(set(a) & set(b) for a, b in zip(pairs, pairs[1:], strict=False)), "days side by side meet"
    assert len(set(pairs)) == cut.count > 3
    assert cut.articles == 4003 and cut.before[None] == (4000, 3)
    assert windows({7: 5, 9: 2}, days=14, limit=10).of(9) == (0, 0)


@pytest.mark.parametrize(
    ("columns", "call", "words"),
    [
        ("body string", "read_pages", 'there is no column "text", "html" or "content" among "body"'),
        ("content binary", "read_pages", 'there is no column "path" among "content"'),
        ("path string, content string", "read_pages", 'column "content" is string, not binary: cast it first'),
        ("text int", "read_pages", 'column "text" is int, not string: cast it first'),
        ("text string", "annotate", 'annotate: there is no column "article_id" among "text"'),
        ("article_id string, text array<string>", "stories", 'stories: column "text" is array<string>, not string'),
        ("article_id bigint, text string", "copies", 'copies: column "article_id" is bigint, not string'),
        ("article_id string, text string, published timestamp", "annotate", 'column "published" is timestamp'),
    ],
)
def test_columns_that_are_wrong_are_named_at_once(session: SparkSession, columns: str, call: str, words: str) -> None:
    with pytest.raises(crossread.InputError) as raised:
        getattr(news, call)(session.createDataFrame([], columns))
    assert words in str(raised.value)


def test_names_that_are_wrong_are_named_at_once(session: SparkSession) -> None:
    texts = session.createDataFrame([], "body string, n int")
    with pytest.raises(crossread.InputError, match='no column "words" among "body", "n": fields says that it is the text'):
        news.read_pages(texts, fields={"text": "words"})
    with pytest.raises(crossread.InputError, match='no field "txt"'):
        news.read_pages(texts, fields={"txt": "body"})
    articles = session.createDataFrame([], "article_id string, text string, story_id string")
    with pytest.raises(crossread.InputError, match='no table "gossip": there are articles, stories'):
        news.compare(articles, articles, table="gossip")
    with pytest.raises(crossread.InputError, match='no column "story_id"'):
        news.compare(articles.drop("story_id"), articles)


def test_a_null_text_is_named_with_its_row(session: SparkSession) -> None:
    articles = session.createDataFrame([("x1", "A mill burned."), ("x2", None)], "article_id string, text string")
    with pytest.raises(Exception, match="""annotate: column "text" is null in {'id': 'x2'}"""):
        news.annotate(articles).collect()


def test_columns_may_have_other_names_and_days_are_days(session: SparkSession) -> None:
    rows = [(7, record(1)["text"], date(2026, 3, 2), "The Crier")]
    named = session.createDataFrame(rows, "n int, body string, day date, paper string")
    fields = {"id": "n", "text": "body", "published": "day", "outlet": "paper"}
    (row,) = news.read_pages(named, fields=fields).collect()
    assert (row.article_id, row.published, row.outlet, row.path) == ("7", date(2026, 3, 2), "The Crier", "7")


def test_a_moment_stays_on_its_page_s_day(session: SparkSession) -> None:
    days = {"2026-03-02T23:30:00-05:00": "2026-03-02", "2026-03-02T00:30:00+05:30": "2026-03-02", "2026-03-02T12:00:00Z": "2026-03-02"}
    records = [{**story(1, at), "published": when} for at, when in enumerate(days)]
    articles = news.read_pages(frame(session, records)).localCheckpoint()
    from crossread.spark._columns import articles_of

    published = [row.published for row in articles_of(articles, "test").collect()]
    again = crossread.extract([{"text": "A mill burned in Quell.", "published": when} for when in published])
    assert [article.published and article.published[:10] for article in again] == ["2026-03-02"] * 3
    utc = {row["published_at"] for row in crossread.extract(records).table.to_arrow().to_pylist()}
    assert {row["published_at"] for row in again.table.to_arrow().to_pylist()} == utc


def test_nothing_gives_nothing(session: SparkSession) -> None:
    none = news.read_pages(session.createDataFrame([], "text string"))
    assert none.count() == news.annotate(none).count() == 0
    stories = news.stories(none)
    assert stories.count() == news.copies(none).count() == news.compare(stories, none).count() == 0
