-- Derived: dropped and made again by `rebuild`.

CREATE TABLE source (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, issuer TEXT, url TEXT NOT NULL,
  lang TEXT NOT NULL, country TEXT NOT NULL, hours INTEGER NOT NULL, outlet TEXT NOT NULL,
  tier INTEGER NOT NULL, licence TEXT NOT NULL, attribution TEXT NOT NULL, status TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE reading (
  attempt INTEGER PRIMARY KEY REFERENCES attempt (id),
  source  TEXT NOT NULL,
  doc     TEXT NOT NULL,            -- the document's address without its stamp
  at      TEXT NOT NULL,
  state   TEXT NOT NULL CHECK (state IN ('ok', 'partial')),
  items   INTEGER NOT NULL DEFAULT 0,
  places  INTEGER NOT NULL DEFAULT 0,   -- items with a destination
  levels  INTEGER NOT NULL DEFAULT 0,   -- of those, with a level
  new     INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  problem TEXT,
  notes   TEXT NOT NULL DEFAULT '[]'    -- JSON: levels that a person should look at, by country
) STRICT;
CREATE INDEX reading_source ON reading (source, attempt);

CREATE TABLE item (
  id         INTEGER PRIMARY KEY,
  source     TEXT NOT NULL,
  key        TEXT NOT NULL,
  doc        TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  published  TEXT,                  -- the newest date that the source gave
  latest     INTEGER,               -- observation
  count      INTEGER NOT NULL DEFAULT 0,
  listed     INTEGER NOT NULL DEFAULT 1,
  misses     INTEGER NOT NULL DEFAULT 0,   -- sound whole lists without it, in a row
  missing_since TEXT,
  pending    TEXT,                  -- JSON: a drop that waits for a second look
  UNIQUE (source, key)
) STRICT;

CREATE TABLE observation (
  id           INTEGER PRIMARY KEY, -- the sequence in which things were seen
  ref          TEXT NOT NULL UNIQUE,
  item         INTEGER NOT NULL REFERENCES item (id),
  attempt      INTEGER NOT NULL REFERENCES attempt (id),
  source       TEXT NOT NULL,
  kind         TEXT NOT NULL,       -- advisory, official, news
  observed     TEXT NOT NULL,
  published    TEXT,
  title        TEXT NOT NULL,
  summary      TEXT NOT NULL,
  url          TEXT NOT NULL,
  lang         TEXT NOT NULL,
  destination  TEXT,
  level        INTEGER CHECK (level BETWEEN 1 AND 4),
  regional_max INTEGER CHECK (regional_max BETWEEN 1 AND 4),
  level_text   TEXT NOT NULL,
  reasons      TEXT NOT NULL,       -- JSON list
  unknown      TEXT NOT NULL,       -- why there is no level, or no destination
  flags        TEXT NOT NULL,       -- JSON list
  digest       TEXT NOT NULL,
  countries    TEXT NOT NULL        -- JSON list, as the coder read them
) STRICT;
CREATE INDEX observation_item ON observation (item, id);

CREATE TABLE story (
  id    INTEGER PRIMARY KEY,
  actor TEXT NOT NULL, target TEXT NOT NULL, act TEXT NOT NULL, day TEXT NOT NULL,
  title TEXT NOT NULL, lang TEXT NOT NULL,
  witnesses INTEGER NOT NULL DEFAULT 0, outlets INTEGER NOT NULL DEFAULT 0,
  outlet_countries INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE event (
  id          INTEGER PRIMARY KEY,
  observation INTEGER NOT NULL REFERENCES observation (id),
  actor       TEXT NOT NULL,
  target      TEXT NOT NULL,
  date        TEXT NOT NULL,        -- published, else first seen
  dated       TEXT NOT NULL CHECK (dated IN ('published', 'seen')),
  observed    TEXT NOT NULL,
  act         TEXT NOT NULL,
  kind        TEXT NOT NULL,
  severity    INTEGER NOT NULL CHECK (severity BETWEEN 0 AND 4),
  score       REAL NOT NULL,
  confidence  REAL NOT NULL,
  rule        TEXT NOT NULL,
  evidence    TEXT NOT NULL,        -- JSON list of [where, start, end, text]
  coder       TEXT NOT NULL,        -- version of tables and weights
  source      TEXT NOT NULL,
  outlet      TEXT NOT NULL,        -- whose feed: the site's name, one for all its feeds
  country     TEXT NOT NULL,        -- the outlet's
  item_kind   TEXT NOT NULL,
  story       INTEGER NOT NULL REFERENCES story (id),
  told        INTEGER NOT NULL DEFAULT 1   -- 0: the same story from the same outlet again
) STRICT;
CREATE INDEX event_pair ON event (actor, target, date);
CREATE INDEX event_actor ON event (actor, date);
CREATE INDEX event_target ON event (target, date);
CREATE INDEX event_date ON event (date);
CREATE INDEX event_observation ON event (observation);
CREATE INDEX event_story ON event (story);
CREATE INDEX story_pair ON story (actor, target, act, day);

CREATE TABLE change (
  id            INTEGER PRIMARY KEY,
  observation   INTEGER NOT NULL REFERENCES observation (id),
  attempt       INTEGER NOT NULL REFERENCES attempt (id),
  source        TEXT NOT NULL,
  issuer        TEXT NOT NULL,
  destination   TEXT NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN
                  ('first', 'raised', 'lowered', 'regional', 'text', 'reissued', 'unlisted', 'relisted')),
  level_from    INTEGER, level_to INTEGER, regional_from INTEGER, regional_to INTEGER,
  published     TEXT,
  observed      TEXT NOT NULL,
  confirmed     INTEGER NOT NULL,
  bulk          INTEGER NOT NULL DEFAULT 0  -- how many of this kind the same answer brought, if 20 or more
) STRICT;
CREATE INDEX change_observed ON change (observed, id);
CREATE INDEX change_issuer ON change (issuer, destination, id);

CREATE TABLE current_level (
  issuer       TEXT NOT NULL,
  destination  TEXT NOT NULL,
  observation  INTEGER NOT NULL REFERENCES observation (id),
  source       TEXT NOT NULL,
  level        INTEGER CHECK (level BETWEEN 1 AND 4),
  regional_max INTEGER CHECK (regional_max BETWEEN 1 AND 4),
  level_text   TEXT NOT NULL,
  reasons      TEXT NOT NULL,
  unknown      TEXT NOT NULL,       -- why there is none; or since when it could not be read again
  published    TEXT,
  observed     TEXT NOT NULL,       -- when this state was first seen
  listed       INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (issuer, destination)
) STRICT, WITHOUT ROWID;

-- Every state that current_level ever had: what was standing on a day.
CREATE TABLE level_history (
  issuer TEXT NOT NULL, destination TEXT NOT NULL, observed TEXT NOT NULL, seq INTEGER NOT NULL,
  observation INTEGER NOT NULL, source TEXT NOT NULL, level INTEGER, regional_max INTEGER,
  level_text TEXT NOT NULL, reasons TEXT NOT NULL, unknown TEXT NOT NULL, published TEXT,
  listed INTEGER NOT NULL,
  PRIMARY KEY (issuer, destination, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE pair_day (
  actor TEXT NOT NULL, target TEXT NOT NULL, day TEXT NOT NULL,
  n INTEGER NOT NULL, score REAL NOT NULL, severity INTEGER NOT NULL,
  PRIMARY KEY (actor, target, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX pair_day_day ON pair_day (day, actor, target);

CREATE VIRTUAL TABLE search USING fts5 (words, content='', tokenize="unicode61 remove_diacritics 2");

-- The public reading surface: documented in docs/schema.md, stable within a major version.

CREATE VIEW timeline AS
SELECT o.ref, e.date, e.dated, e.observed, e.actor, e.target, e.kind, e.act, e.severity, e.score, e.confidence,
       o.title, o.summary, o.url, e.source, e.item_kind, o.lang, o.destination, o.level, o.regional_max,
       e.story, s.outlets AS corroboration, s.outlet_countries, e.told, e.rule, e.id AS seq
FROM event e JOIN observation o ON o.id = e.observation JOIN story s ON s.id = e.story;

CREATE VIEW observations AS
SELECT o.ref, o.source, i.key, o.kind, o.observed, o.published, o.title, o.summary, o.url, o.lang, o.destination,
       o.level, o.regional_max, o.level_text, o.reasons, o.unknown, o.flags, o.countries, a.url AS asked,
       a.status, p.sha256, o.id AS seq
FROM observation o JOIN item i ON i.id = o.item JOIN attempt a ON a.id = o.attempt
LEFT JOIN payload p ON p.id = a.payload;

CREATE VIEW level_changes AS
SELECT o.ref, c.issuer, c.destination, c.kind, c.level_from, c.level_to, c.regional_from, c.regional_to,
       c.published, c.observed, c.confirmed, c.bulk, o.title, o.url, c.source, c.attempt, c.id AS seq
FROM change c JOIN observation o ON o.id = c.observation;

CREATE VIEW current_levels AS
SELECT c.issuer, c.destination, c.level, c.regional_max, c.level_text, c.reasons, c.unknown, c.published,
       c.observed, c.listed, o.ref, o.title, o.url, c.source
FROM current_level c JOIN observation o ON o.id = c.observation;

CREATE VIEW pair_days AS
SELECT actor, target, day, n, score, severity FROM pair_day;

CREATE VIEW source_state AS
SELECT s.id, s.name, s.kind, s.issuer, s.url, s.lang, s.country, s.hours, s.status,
       (SELECT max(a.at) FROM attempt a WHERE a.source = s.id
         AND (a.outcome = 'unchanged' OR a.outcome = 'answered')) AS last_good,
       (SELECT max(a.at) FROM attempt a WHERE a.source = s.id) AS last_attempt,
       (SELECT r.items FROM reading r WHERE r.source = s.id ORDER BY r.attempt DESC LIMIT 1) AS items,
       (SELECT count(*) FROM item i WHERE i.source = s.id AND i.listed) AS listed
FROM source s;
