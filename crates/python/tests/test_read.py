"""Reading from Python gives what the program gives, as objects, tables and pages."""

from __future__ import annotations

import json
import pickle
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from conftest import record

import crossread


def program(*arguments: object) -> str:
    """What the program that came with the package prints."""
    command = [sys.executable, "-m", "crossread", *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_the_report_is_that_of_the_program(report: crossread.Report, samples: Path) -> None:
    assert report.json() == program("read", samples, "--format", "json", "--quiet")
    assert report.text() == program("read", samples, "--format", "text", "--width", "80", "--quiet")
    assert report.html == program("read", samples, "--format", "html", "--quiet")


def test_objects_have_the_names_and_values_of_the_json(report: crossread.Report) -> None:
    whole = json.loads(report.json())
    assert len(report.stories) == len(whole["stories"]) > 1
    assert [article.id for article in report.articles] == [one["id"] for one in whole["articles"]]
    texts = {article.id: article.text for article in report.articles}
    for story, told in zip(report.stories, whole["stories"], strict=True):
        assert (story.id, story.title) == (told["id"], told["title"])
        assert [claim.text for claim in story.claims] == [one["text"] for one in told["claims"]]
        for claim in story.claims:
            assert claim.origins.low <= claim.origins.high
            for reading in claim.readings:
                mention = reading.mention
                assert texts[mention.article][mention.start : mention.end] == mention.text
    assert {skip.path for skip in report.skipped} == {one["path"] for one in whole["skipped"]}


def test_lists_behave_as_lists_do(report: crossread.Report) -> None:
    stories = report.stories
    assert stories[-1] == stories[len(stories) - 1]
    assert [story.id for story in stories[:2]] == [stories[0].id, stories[1].id]
    with pytest.raises(IndexError):
        stories[len(stories)]
    with pytest.raises(IndexError):
        stories[-len(stories) - 1]


def test_what_was_read_stays_as_it_is(report: crossread.Report) -> None:
    claim = report.stories[0].claims[0]
    with pytest.raises(AttributeError):
        claim.text = "another"  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(claim)) == claim


def test_a_notebook_shows_the_page_of_a_story_in_a_frame_of_its_own(report: crossread.Report) -> None:
    shown = report.stories[0]._repr_html_()
    assert shown.startswith("<iframe srcdoc=") and 'sandbox="allow-scripts allow-popups"' in shown
    assert "<script>" not in shown, "the page is an attribute, escaped"
    assert report.stories[0].title.split()[0] in report._repr_html_()


def test_records_are_read_as_the_program_reads_them(tmp_path: Path) -> None:
    records = [record(number) for number in range(40)]
    file = tmp_path / "r.jsonl"
    file.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    ours = crossread.group(records)
    theirs = [json.loads(line) for line in program("group", file, "--quiet").splitlines()]
    assert [(one.article, one.story, one.copy_of) for one in ours] == [
        (one["article"], one["story"], one["copy_of"]) for one in theirs
    ]


def test_offsets_of_annotate_are_those_of_the_given_text() -> None:
    text = "\n  „Nö“, sagte 🙂 niemand.\n\nThe mayor, Ida Kern, said on Monday: \"We waited.\"\n"
    (annotated,) = crossread.annotate({"text": text, "published": date(2026, 3, 4)})
    for name in annotated.names:
        assert text[name.start : name.end] == name.text
    (monday,) = [one for one in annotated.dates if one.text == "Monday"]
    assert monday.value == "2026-03-02"
    assert "Ida Kern" in {name.text for name in annotated.names}


def test_bytes_and_html_are_pages() -> None:
    html = b"<html><head><title>T</title></head><body><article><h1>Bridge reopens</h1>" + b"".join(
        b"<p>The bridge over the Orla reopened on Monday after %d months, the mayor said in the town hall.</p>" % n
        for n in range(6)
    )
    by_bytes, by_record = crossread.extract([html, {"html": html.decode()}])
    assert by_bytes.text == by_record.text and "Orla" in by_bytes.text


def test_fields_may_have_other_names() -> None:
    renamed = {"body": record(1)["text"], "headline": "Bridge", "day": "2026-03-02"}
    (article,) = crossread.extract(renamed, fields={"text": "body", "title": "headline", "published": "day"})
    assert (article.title, article.published) == ("Bridge", "2026-03-02")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("no/such/folder", "there is no file or folder 'no/such/folder'"),
        (["no/such/folder"], "there is no file or folder"),
        ({"title": "T"}, "record 0 has neither 'text' nor 'html', but 'title'"),
        ([record(0), {"text": None}], "record 1 has neither"),
        ({"text": 7}, "record 0: 'text' is a int, not str"),
        ({"text": b"bytes"}, "record 0: 'text' is a bytes, not str: decode it first"),
        ({"text": "half a \ud83d character"}, "record 0 holds half a character"),
        ({"text": "t", "extra": object()}, "record 0 is no JSON"),
        (7, "a int cannot be read"),
        ([record(0), 7], "number 1 of what is to be read is a int"),
    ],
)
def test_what_cannot_be_read_is_named(given: object, words: str) -> None:
    with pytest.raises(crossread.InputError, match=None) as raised:
        crossread.extract(given)  # type: ignore[arg-type]
    assert words in str(raised.value)
    assert isinstance(raised.value, crossread.Error)


def test_wrong_words_are_named() -> None:
    with pytest.raises(crossread.InputError, match='no align="meaning"'):
        crossread.read(record(0), align="meaning")  # type: ignore[arg-type]
    with pytest.raises(crossread.InputError, match="one of"):
        crossread.extract(record(0), fields={"txet": "text"})
    with pytest.raises(crossread.InputError, match="cannot read the list"):
        crossread.read(record(0), owners="no/such/list")


def test_records_without_a_text_may_be_listed() -> None:
    articles = crossread.extract([record(0), {"id": "x", "url": "https://example.org/"}], skip_empty=True)
    assert [article.id for article in articles] == ["a0"]
    assert [skip.path for skip in articles.skipped] == ["record:2"]


def test_progress_is_heard_and_its_exceptions_end_the_work() -> None:
    records = [record(number) for number in range(300)]
    heard: list[tuple[str, int, int | None]] = []
    crossread.read(records, align="words", progress=lambda *far: heard.append(far))
    assert heard and heard[-1][0] == "compare"
    assert all(done <= total for _, done, total in heard if total is not None)

    def fail(*_: object) -> None:
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        crossread.read([record(number) for number in range(6000)], align="words", progress=fail)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timers")
def test_ctrl_c_ends_the_work() -> None:
    records = [record(number) for number in range(30_000)]
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            crossread.annotate(records)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)


def test_other_threads_go_on_meanwhile() -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        runs = [pool.submit(crossread.annotate, [record(number) for number in range(50)]) for _ in range(4)]
        first, *others = [[one.article for one in run.result()] for run in runs]
    assert all(other == first for other in others)


def test_hostile_text_stays_text() -> None:
    hostile = "<script>alert(1)</script> </iframe> \" ' & \x00 \u202e The bridge reopened on Monday, Kern said.\n" * 3
    report = crossread.read([record(1, hostile), record(2, hostile)], align="words", one_story=True)
    for story in report.stories:
        shown = story._repr_html_()
        assert shown.count("<iframe") == 1 and shown.count("</iframe>") == 1 and "<script>alert" not in shown
