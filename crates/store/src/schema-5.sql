-- Version 5 of the store: stories that readers follow, what was new in them, and how hooks are written to.
ALTER TABLE search ADD COLUMN form TEXT;              -- how its hook is written to; null where its address tells
ALTER TABLE search ADD COLUMN secret TEXT;            -- what its hook's messages are signed with
ALTER TABLE search ADD COLUMN every INTEGER NOT NULL DEFAULT 0; -- seconds between two messages, at least

ALTER TABLE story ADD COLUMN drawn INTEGER NOT NULL DEFAULT 0;  -- tells its report from others; 0 for those of before

-- A story that somebody follows, and what was last told of it.
CREATE TABLE followed (
  story TEXT PRIMARY KEY,                             -- its id when it was last told of
  drawn INTEGER NOT NULL,                             -- the report that was told of, as story.drawn; -1 for none
  told  BLOB                                          -- JSON, packed: what that report had, by lasting keys
) STRICT, WITHOUT ROWID;
-- Who follows it: people (no hook), or a hook.
CREATE TABLE follower (
  n        INTEGER PRIMARY KEY AUTOINCREMENT,
  story    TEXT NOT NULL,
  hook     TEXT NOT NULL,                             -- empty for people
  form     TEXT,
  secret   TEXT,
  every    INTEGER NOT NULL,
  by       TEXT NOT NULL,
  since    INTEGER NOT NULL,                          -- seconds since 1970
  posted   INTEGER NOT NULL,                          -- the news up to which the hook took it
  failures INTEGER NOT NULL,
  due      INTEGER NOT NULL,
  UNIQUE (story, hook)
) STRICT;
-- What was new in stories that are followed.
CREATE TABLE news (
  n     INTEGER PRIMARY KEY AUTOINCREMENT,
  story TEXT NOT NULL,
  at    INTEGER NOT NULL,                             -- seconds since 1970
  told  INTEGER NOT NULL,                             -- whether people were told
  news  TEXT NOT NULL                                 -- JSON
) STRICT;
CREATE INDEX news_story ON news(story, n);
CREATE INDEX news_untold ON news(n) WHERE told = 0;
