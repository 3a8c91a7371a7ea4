-- Moments are UTC milliseconds; enumerations are stored by name; paths are relative to the workspace.

CREATE TABLE engines (
  device TEXT NOT NULL,
  lane TEXT NOT NULL,
  pid INTEGER NOT NULL,
  boot_id TEXT NOT NULL,
  started_ms INTEGER NOT NULL,
  beat_ms INTEGER NOT NULL,
  PRIMARY KEY (device, lane)
) STRICT, WITHOUT ROWID;

CREATE TABLE corpora (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  kind TEXT NOT NULL,
  path TEXT NOT NULL,
  source TEXT NOT NULL,
  num_samples INTEGER NOT NULL,
  num_duplicates INTEGER NOT NULL DEFAULT 0,
  channels INTEGER NOT NULL,
  min_width INTEGER NOT NULL, max_width INTEGER NOT NULL,
  min_height INTEGER NOT NULL, max_height INTEGER NOT NULL,
  mean TEXT NOT NULL,
  deviation TEXT NOT NULL,
  value_low REAL NOT NULL DEFAULT 0,
  value_high REAL NOT NULL DEFAULT 255,
  fingerprint TEXT NOT NULL,
  classes TEXT NOT NULL DEFAULT '[]',
  bytes INTEGER NOT NULL,
  created_ms INTEGER NOT NULL,
  deleted_ms INTEGER,
  UNIQUE (name, version)
) STRICT;

CREATE TABLE samples (
  corpus_id INTEGER NOT NULL REFERENCES corpora (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  key INTEGER NOT NULL,
  duplicate_rank INTEGER NOT NULL DEFAULT 0,
  split TEXT NOT NULL CHECK (split IN ('train', 'validation', 'test')),
  label INTEGER,
  source TEXT NOT NULL,
  PRIMARY KEY (corpus_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE skipped (
  corpus_id INTEGER NOT NULL REFERENCES corpora (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX skipped_by_corpus ON skipped (corpus_id);

CREATE TABLE runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  objective TEXT NOT NULL,
  corpus_id INTEGER NOT NULL REFERENCES corpora (id),
  spec TEXT NOT NULL,
  resolved TEXT NOT NULL DEFAULT '',
  parent_run INTEGER REFERENCES runs (id),
  parent_checkpoint INTEGER,
  tags TEXT NOT NULL DEFAULT '[]',
  notes TEXT NOT NULL DEFAULT '',
  starred INTEGER NOT NULL DEFAULT 0,
  priority INTEGER NOT NULL DEFAULT 0,
  seed INTEGER NOT NULL,
  device TEXT NOT NULL DEFAULT '',
  versions TEXT NOT NULL DEFAULT '{}',
  step INTEGER NOT NULL DEFAULT 0,
  total_steps INTEGER NOT NULL DEFAULT 0,
  seconds REAL NOT NULL DEFAULT 0,
  samples_per_second REAL NOT NULL DEFAULT 0,
  created_ms INTEGER NOT NULL,
  started_ms INTEGER,
  ended_ms INTEGER,
  deleted_ms INTEGER
) STRICT;

-- One row a piece of work for an engine; a training job is one attempt of its run.
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  lane TEXT NOT NULL,
  device TEXT NOT NULL DEFAULT 'auto',
  run_id INTEGER REFERENCES runs (id) ON DELETE CASCADE,
  checkpoint_id INTEGER,
  parameters TEXT NOT NULL DEFAULT '{}',
  priority INTEGER NOT NULL DEFAULT 0,
  control TEXT NOT NULL DEFAULT '' CHECK (control IN ('', 'pause', 'stop', 'checkpoint')),
  status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'finished', 'failed', 'stopped', 'paused', 'interrupted')),
  progress REAL NOT NULL DEFAULT 0,
  result TEXT NOT NULL DEFAULT '{}',
  reason TEXT NOT NULL DEFAULT '',
  engine_pid INTEGER,
  engine_device TEXT,
  created_ms INTEGER NOT NULL,
  claimed_ms INTEGER,
  ended_ms INTEGER
) STRICT;
CREATE INDEX jobs_by_status ON jobs (status, lane, priority DESC, id);

CREATE TABLE attempts (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  job_id INTEGER NOT NULL,
  from_step INTEGER NOT NULL,
  status TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  started_ms INTEGER NOT NULL,
  ended_ms INTEGER,
  PRIMARY KEY (run_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE metric_keys (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE
) STRICT;

-- value is NULL for NaN and for nothing else; infinities are stored as such.
CREATE TABLE metrics (
  run_id INTEGER NOT NULL,
  key_id INTEGER NOT NULL,
  step INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  wall_ms INTEGER NOT NULL,
  value REAL,
  PRIMARY KEY (run_id, key_id, step, attempt)
) STRICT, WITHOUT ROWID;

CREATE TABLE metric_latest (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  key_id INTEGER NOT NULL,
  step INTEGER NOT NULL,
  value REAL,
  min REAL,
  max REAL,
  PRIMARY KEY (run_id, key_id)
) STRICT, WITHOUT ROWID;

-- What the window shows: without the steps that a later attempt took back.
CREATE VIEW curve AS
SELECT m.run_id, k.key, m.step, m.value, m.wall_ms, m.attempt
FROM metrics m JOIN metric_keys k ON k.id = m.key_id
WHERE NOT EXISTS (SELECT 1 FROM attempts a
                  WHERE a.run_id = m.run_id AND a.number > m.attempt AND a.from_step < m.step);

CREATE TABLE checkpoints (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  step INTEGER NOT NULL,
  epoch REAL NOT NULL,
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  pinned INTEGER NOT NULL DEFAULT 0,
  created_ms INTEGER NOT NULL,
  pruned_ms INTEGER
) STRICT;
CREATE INDEX checkpoints_by_run ON checkpoints (run_id, step);

CREATE TABLE embeddings (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  checkpoint_id INTEGER NOT NULL,
  chunk INTEGER NOT NULL,
  num_rows INTEGER NOT NULL,
  dimensions INTEGER NOT NULL,
  positions BLOB NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (run_id, checkpoint_id, chunk)
) STRICT;

CREATE TABLE projections (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  checkpoint_id INTEGER NOT NULL,
  step INTEGER NOT NULL,
  method TEXT NOT NULL,
  num_rows INTEGER NOT NULL,
  positions BLOB NOT NULL,
  coordinates BLOB NOT NULL,
  created_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX projections_by_run ON projections (run_id);

CREATE TABLE evaluations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  checkpoint_id INTEGER,
  child_run INTEGER REFERENCES runs (id),
  step INTEGER NOT NULL,
  kind TEXT NOT NULL,
  baseline TEXT NOT NULL CHECK (baseline IN ('trained', 'untrained', 'raw')),
  split TEXT NOT NULL,
  protocol TEXT NOT NULL,
  accuracy REAL NOT NULL,
  confusion TEXT NOT NULL,
  created_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX evaluations_by_run ON evaluations (run_id, kind);

CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER REFERENCES runs (id) ON DELETE CASCADE,
  job_id INTEGER,
  level TEXT NOT NULL,
  text TEXT NOT NULL,
  created_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX messages_by_run ON messages (run_id);
