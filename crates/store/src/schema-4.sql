-- Version 4 of the store: what readers decided and noted, and what is watched because a reader asked for it.
CREATE TABLE mark (
  n         INTEGER PRIMARY KEY AUTOINCREMENT, -- in the order in which they came
  id        TEXT NOT NULL UNIQUE,              -- of what it says, by whom and when
  story     TEXT NOT NULL,                     -- the story's id when it was made
  mark      TEXT NOT NULL,                     -- JSON
  undone_by TEXT,
  undone_at INTEGER                            -- seconds since 1970
) STRICT;
CREATE INDEX mark_story ON mark(story);
-- The articles that a mark is about.
CREATE TABLE marked (
  article TEXT NOT NULL,
  mark    INTEGER NOT NULL REFERENCES mark(n),
  PRIMARY KEY (article, mark)
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
  url   TEXT PRIMARY KEY,
  by    TEXT NOT NULL,                         -- who asked for it
  since INTEGER NOT NULL                       -- seconds since 1970
) STRICT, WITHOUT ROWID;
