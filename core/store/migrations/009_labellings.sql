-- Labels that people give to samples, act by act: nothing is overwritten, an act can be undone.

CREATE TABLE labellings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  corpus_id INTEGER NOT NULL REFERENCES corpora (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  UNIQUE (corpus_id, name)
) STRICT;

CREATE TABLE label_acts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  labelling_id INTEGER NOT NULL REFERENCES labellings (id) ON DELETE CASCADE,
  class TEXT,  -- NULL: their labels were taken away.
  author TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  undone_ms INTEGER,
  is_dropped INTEGER NOT NULL DEFAULT 0  -- Undone before another act: it can no longer be redone.
) STRICT;
CREATE INDEX label_acts_by_labelling ON label_acts (labelling_id);

CREATE TABLE label_act_samples (
  act_id INTEGER NOT NULL REFERENCES label_acts (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  PRIMARY KEY (act_id, position)
) STRICT, WITHOUT ROWID;

-- What holds now: of each sample the newest act that was not undone.
CREATE VIEW labelled AS
SELECT a.labelling_id, s.position, a.class, max(a.id) AS act_id
FROM label_acts a JOIN label_act_samples s ON s.act_id = a.id
WHERE a.undone_ms IS NULL
GROUP BY a.labelling_id, s.position;

-- What a probe that was trained on them says of each embedded sample.
CREATE TABLE label_probes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  labelling_id INTEGER NOT NULL REFERENCES labellings (id) ON DELETE CASCADE,
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  num_labels INTEGER NOT NULL,
  last_act INTEGER NOT NULL,  -- The newest of the acts that it learned from.
  classes TEXT NOT NULL,      -- JSON: names, by number.
  accuracy REAL,              -- Cross-validated; NULL where there were too few labels.
  protocol TEXT NOT NULL,
  positions BLOB NOT NULL,    -- int64 each
  predicted BLOB NOT NULL,    -- int32 each: number of a class
  certainty BLOB NOT NULL,    -- float32 each: probability of that class
  created_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX label_probes_by_run ON label_probes (run_id, labelling_id);
