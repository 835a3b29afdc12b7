-- Version 3 of the store: what the pages of an outlet say again and again, as `page::Shelf` writes it.
CREATE TABLE shelf (
  outlet TEXT PRIMARY KEY,
  bytes  BLOB NOT NULL
) STRICT, WITHOUT ROWID;
