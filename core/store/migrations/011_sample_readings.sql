-- What an engine says of each embedded sample, beside its place: the newest of a run.

CREATE TABLE sample_readings (
  run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  checkpoint_id INTEGER NOT NULL,
  step INTEGER NOT NULL,
  positions BLOB NOT NULL,  -- int64, of the samples in the corpus
  clusters BLOB NOT NULL,   -- int32
  agreement BLOB NOT NULL,  -- float32, NaN for none
  loss BLOB NOT NULL        -- float32, empty where the objective has none of a sample
) STRICT;
