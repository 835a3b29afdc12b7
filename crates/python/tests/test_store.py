"""A store from Python."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import polars
import pytest
from conftest import record

import crossread


def filled(path: Path, samples: Path) -> crossread.Store:
    store = crossread.open_store(path, create=True)
    added = store.add(samples)
    assert added.new and not added.known
    return store


def test_what_is_added_is_there_and_is_known(tmp_path: Path, samples: Path) -> None:
    store = filled(tmp_path / "n.db", samples)
    articles, versions, stories = store.counts
    assert articles == versions > 5 and stories > 1
    again = store.add(samples)
    assert not again.new and len(again.known) == articles
    listed = list(store.find())
    assert len(listed) == stories and all(row.compared for row in listed)
    assert [row.id for row in store.find(since=date(2999, 1, 1))] == []
    assert all(row.disputes for row in store.find(disputed=True))


def test_stories_articles_and_searches(tmp_path: Path, samples: Path) -> None:
    store = filled(tmp_path / "n.db", samples)
    largest = max(store.find(), key=lambda row: row.articles)
    story = store.story(largest.id)
    assert story is not None and len(story.articles) == largest.articles
    assert "<iframe" in story._repr_html_()
    article = store.article(story.articles[0])
    assert article is not None and article.text
    word = max(story.title.split(), key=len)
    found = store.search(word)
    assert any(one.story == story.id for one in found)
    for one in found:
        assert one.mention is not None
        text = store.article(one.article)
        assert text is not None and text.text[one.mention.start : one.mention.end] == one.mention.text
    assert store.story("none") is None and store.article("none") is None and store.search("zxqv") == []
    assert len(list(store.stories)) == store.counts[2]


def test_tables_are_those_of_its_stories(tmp_path: Path, samples: Path) -> None:
    store = filled(tmp_path / "n.db", samples)
    readings = polars.DataFrame(store.readings)
    claims = {(story.id, claim.id) for story in store.stories for claim in story.claims}
    assert set(readings.select("story_id", "claim_id").iter_rows()) == claims
    assert polars.DataFrame(store.articles).height == store.counts[0]
    assert len(store.readings) == readings.height


def test_stores_that_cannot_be_opened_are_named(tmp_path: Path) -> None:
    with pytest.raises(crossread.StoreError, match="no.db"):
        crossread.open_store(tmp_path / "no.db")
    other = tmp_path / "text.db"
    other.write_text("no store at all, but long enough to be looked at" * 40)
    with pytest.raises(crossread.StoreError):
        crossread.open_store(other)
    newer = tmp_path / "newer.db"
    crossread.open_store(newer, create=True)
    with sqlite3.connect(newer) as connection:
        connection.execute("PRAGMA user_version = 9999")
    with pytest.raises(crossread.StoreError, match="newer"):
        crossread.open_store(newer)


def test_what_ends_an_addition_leaves_whole_batches(tmp_path: Path) -> None:
    store = crossread.open_store(tmp_path / "n.db", create=True)

    def stop(stage: str, done: int, total: int | None) -> None:
        if done > 600:
            raise LookupError

    with pytest.raises(LookupError):
        store.add([record(number) for number in range(20_000)], progress=stop, compare=False)
    kept = store.counts[0]
    assert kept % 512 == 0
    assert len(store.add([record(number) for number in range(20)], compare=False).new) == (20 if kept == 0 else 0)
