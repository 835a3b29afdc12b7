-- Version 1 of the store. A change is a new step in `open.rs`; what stands here is never edited.

-- Every page, once, however often it changed.
CREATE TABLE article (
  n         INTEGER PRIMARY KEY AUTOINCREMENT, -- in order of arrival, never given again
  id        TEXT NOT NULL UNIQUE,              -- the public name, the same for all versions
  page      TEXT NOT NULL UNIQUE,              -- what makes it the same page: id:…, url:…, path:…, text:…
  seq       INTEGER NOT NULL,                  -- its newest version
  versions  INTEGER NOT NULL,
  outlet    TEXT,
  title     TEXT,
  url       TEXT,
  language  TEXT,
  published TEXT,                              -- RFC 3339
  day       INTEGER,                           -- of publication, since 1970
  added     INTEGER NOT NULL,                  -- seconds since 1970
  story     INTEGER NOT NULL
) STRICT;
CREATE INDEX article_story ON article(story);
CREATE INDEX article_outlet ON article(outlet, n);
CREATE INDEX article_day ON article(day, n);
CREATE INDEX article_seq ON article(seq);

-- Every version of every page, unaltered.
CREATE TABLE version (
  seq      INTEGER PRIMARY KEY,                -- its number in the stream of stories, without gaps
  article  INTEGER NOT NULL REFERENCES article(n),
  number   INTEGER NOT NULL,                   -- 1 is the first
  sha256   BLOB NOT NULL,
  path     TEXT NOT NULL,                      -- where the bytes were found
  source   TEXT NOT NULL,                      -- what brought it: a command, a feed
  fetched  INTEGER NOT NULL,                   -- seconds since 1970
  original BLOB NOT NULL,                      -- packed
  record   BLOB NOT NULL,                      -- the article as it was read, packed
  layers   BLOB NOT NULL,                      -- its annotations, packed
  UNIQUE (article, number)
) STRICT;
CREATE INDEX version_sha256 ON version(sha256);

-- The stream of stories: what came together, and the state after some of it.
CREATE TABLE batch (
  n     INTEGER PRIMARY KEY,
  first INTEGER NOT NULL,                      -- version.seq
  last  INTEGER NOT NULL,
  at    INTEGER NOT NULL
) STRICT;
CREATE TABLE state (
  part  INTEGER PRIMARY KEY,
  seq   INTEGER NOT NULL,                      -- versions that it covers: all below
  made  TEXT NOT NULL,                         -- by which program
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE story (
  n         INTEGER PRIMARY KEY,               -- its number in the stream
  id        TEXT NOT NULL UNIQUE,
  title     TEXT,
  first     INTEGER,                           -- days of publication, since 1970
  last      INTEGER,
  articles  INTEGER NOT NULL,
  outlets   INTEGER NOT NULL,
  low       INTEGER,                           -- origins of its best attested claim
  high      INTEGER,
  corroborated INTEGER NOT NULL DEFAULT 0,     -- claims
  disputes  INTEGER NOT NULL DEFAULT 0,
  earlier   TEXT,
  changed   INTEGER NOT NULL,                  -- when, seconds since 1970
  fresh     INTEGER NOT NULL DEFAULT 0,        -- whether the report is of its articles as they are
  made_of   TEXT,                              -- JSON: [[article id, version], …] of the report
  report    BLOB                               -- the story of the JSON report, packed
) STRICT;
CREATE INDEX story_last ON story(last DESC, n DESC);
CREATE INDEX story_changed ON story(changed DESC, n DESC);
CREATE INDEX story_earlier ON story(earlier) WHERE earlier IS NOT NULL;
CREATE INDEX story_stale ON story(changed) WHERE fresh = 0;

-- What happened to stories, and the ids of those that are no more.
CREATE TABLE event (
  n       INTEGER PRIMARY KEY AUTOINCREMENT,
  story   TEXT NOT NULL,
  at      INTEGER NOT NULL,
  kind    TEXT NOT NULL,                       -- opened, joined, changed, left, merged, split, removed
  article TEXT,
  other   TEXT
) STRICT;
CREATE INDEX event_story ON event(story, n);
CREATE TABLE alias (
  id  TEXT PRIMARY KEY,
  now TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the reports of stories say, by whom and by what.
CREATE TABLE name (
  n    INTEGER PRIMARY KEY,
  id   TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  key  TEXT NOT NULL,
  stories INTEGER NOT NULL DEFAULT 0,          -- how many name it
  UNIQUE (kind, key)
) STRICT;
CREATE TABLE named (
  name     INTEGER NOT NULL REFERENCES name(n),
  story    INTEGER NOT NULL,
  local    TEXT NOT NULL,
  mentions INTEGER NOT NULL,
  PRIMARY KEY (name, story, local)
) STRICT, WITHOUT ROWID;
CREATE INDEX named_story ON named(story);
CREATE TABLE quote (
  story    INTEGER NOT NULL,
  local    TEXT NOT NULL,
  name     INTEGER,
  readings INTEGER NOT NULL,
  PRIMARY KEY (story, local)
) STRICT, WITHOUT ROWID;
CREATE INDEX quote_name ON quote(name, story);
CREATE TABLE copied (
  story     INTEGER NOT NULL,
  local     TEXT NOT NULL,
  a         TEXT NOT NULL,
  b         TEXT NOT NULL,
  kind      TEXT NOT NULL,
  direction TEXT NOT NULL,
  PRIMARY KEY (story, local)
) STRICT, WITHOUT ROWID;
CREATE INDEX copied_a ON copied(a);
CREATE INDEX copied_b ON copied(b);

-- Words of the newest versions; rowid is article.n.
CREATE VIRTUAL TABLE words USING fts5(
  title, text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

-- What is watched: each feed, and each page that one of them named. A page waits while `at` is null.
CREATE TABLE feed (
  url      TEXT PRIMARY KEY,
  etag     TEXT,
  modified TEXT,
  next     INTEGER NOT NULL,                   -- when it is looked at again, seconds since 1970
  failures INTEGER NOT NULL,
  told     TEXT NOT NULL                       -- what came of the last look
) STRICT, WITHOUT ROWID;
CREATE TABLE page (
  url      TEXT PRIMARY KEY,
  stamp    TEXT NOT NULL,                      -- how its feed told that it changed
  at       INTEGER,                            -- when it was fetched or given up
  failures INTEGER NOT NULL,
  told     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX page_waiting ON page(url) WHERE at IS NULL;
