-- Truth: bytes as received, every attempt, what a person confirmed. All else is derived from these.

CREATE TABLE payload (
  id     INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  size   INTEGER NOT NULL,
  body   BLOB NOT NULL              -- zlib
) STRICT;

CREATE TABLE attempt (
  id         INTEGER PRIMARY KEY,
  source     TEXT NOT NULL,
  url        TEXT NOT NULL,         -- as asked, with its version stamp
  final_url  TEXT,
  at         TEXT NOT NULL,         -- our clock; a replay's: WARC-Date
  outcome    TEXT NOT NULL CHECK (outcome IN ('answered', 'unchanged', 'failed', 'postponed')),
  status     INTEGER,
  reason     TEXT,                  -- of a failure: a stable word
  error      TEXT,
  headers    TEXT,                  -- JSON: those that reading and asking again need
  payload    INTEGER REFERENCES payload (id),
  refused    BLOB,                  -- zlib: a body that was not this source's form, for a better reader
  not_before TEXT
) STRICT;
CREATE INDEX attempt_source ON attempt (source, id);
CREATE INDEX attempt_url ON attempt (url, id);

CREATE TABLE decision (
  id      INTEGER PRIMARY KEY,
  at      TEXT NOT NULL,
  kind    TEXT NOT NULL,            -- source: a definition in use; fewer: a smaller list is right
  subject TEXT NOT NULL,
  body    TEXT NOT NULL             -- JSON
) STRICT;
CREATE INDEX decision_subject ON decision (kind, subject, id);
