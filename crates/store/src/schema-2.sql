-- Version 2 of the store: searches that the user keeps, names by their words, everybody to whom an utterance is
-- given.
CREATE TABLE search (
  name     TEXT PRIMARY KEY,
  words    TEXT NOT NULL,
  outlet   TEXT,
  hook     TEXT,                               -- an address that is told of what comes and fits
  made     INTEGER NOT NULL,                   -- seconds since 1970
  told     INTEGER NOT NULL,                   -- versions that people were told of, where they fit: all below
  posted   INTEGER NOT NULL,                   -- and that the hook has taken
  failures INTEGER NOT NULL,                   -- of the hook, since it last took something
  due      INTEGER NOT NULL                    -- when the hook is tried again, seconds since 1970
) STRICT, WITHOUT ROWID;

-- Words of names; rowid is name.n.
CREATE VIRTUAL TABLE names USING fts5(
  name, content = 'name', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO names (names) VALUES ('rebuild');

-- What the user set for this store.
CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- An utterance may be given to several by several articles.
DROP INDEX quote_name;
ALTER TABLE quote RENAME TO quote_1;
CREATE TABLE quote (
  story    INTEGER NOT NULL,
  local    TEXT NOT NULL,
  name     INTEGER NOT NULL,
  readings INTEGER NOT NULL,
  PRIMARY KEY (story, local, name)
) STRICT, WITHOUT ROWID;
INSERT INTO quote SELECT story, local, name, readings FROM quote_1 WHERE name IS NOT NULL;
DROP TABLE quote_1;
CREATE INDEX quote_name ON quote(name, story);
