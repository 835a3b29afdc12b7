-- Version 2 of the store: searches that the user keeps, and names by their words.
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
