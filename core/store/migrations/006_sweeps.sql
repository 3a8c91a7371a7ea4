-- Runs that were asked for together, to see what their differing settings do.

CREATE TABLE sweeps (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  varied TEXT NOT NULL,  -- JSON: the keys of the settings that differ between its runs.
  created_ms INTEGER NOT NULL
) STRICT;

ALTER TABLE runs ADD COLUMN sweep_id INTEGER REFERENCES sweeps (id);
CREATE INDEX runs_by_sweep ON runs (sweep_id);
