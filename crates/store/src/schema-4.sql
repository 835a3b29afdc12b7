-- Version 4 of the store: what a feed says of a page, what the page's server says of it, and when it is looked at again.
ALTER TABLE page ADD COLUMN published TEXT;      -- by its feed: RFC 3339, or a day
ALTER TABLE page ADD COLUMN outlet TEXT;         -- who published it, by its feed
ALTER TABLE page ADD COLUMN site TEXT;           -- the host of that outlet's own pages
ALTER TABLE page ADD COLUMN etag TEXT;           -- of the version that was last seen, for conditional requests
ALTER TABLE page ADD COLUMN modified TEXT;       -- when that was modified, as the server put it
ALTER TABLE page ADD COLUMN born INTEGER;        -- when it was published, as far as is known, else first fetched: seconds since 1970
ALTER TABLE page ADD COLUMN again INTEGER;       -- when it is looked at again though its feed names no change
CREATE INDEX page_again ON page(again, url) WHERE again IS NOT NULL;
