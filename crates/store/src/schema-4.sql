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

-- Version 4 of the store: what a feed says of a page, what the page's server says of it, and when it is looked at again.
ALTER TABLE page ADD COLUMN published TEXT;      -- by its feed: RFC 3339, or a day
ALTER TABLE page ADD COLUMN outlet TEXT;         -- who published it, by its feed
ALTER TABLE page ADD COLUMN site TEXT;           -- the host of that outlet's own pages
ALTER TABLE page ADD COLUMN etag TEXT;           -- of the version that was last seen, for conditional requests
ALTER TABLE page ADD COLUMN modified TEXT;       -- when that was modified, as the server put it
ALTER TABLE page ADD COLUMN born INTEGER;        -- when it was published, as far as is known, else first fetched: seconds since 1970
ALTER TABLE page ADD COLUMN again INTEGER;       -- when it is looked at again though its feed names no change
CREATE INDEX page_again ON page(again, url) WHERE again IS NOT NULL;

-- Stories in other orders than that of time.
CREATE INDEX story_disputes ON story(disputes DESC, last DESC, n DESC) WHERE disputes > 0;
CREATE INDEX story_origins ON story(low DESC, high DESC, last DESC, n DESC) WHERE low IS NOT NULL;
