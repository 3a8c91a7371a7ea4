-- Evaluations and embeddings of another corpus than the run's own; embeddings as float16.

ALTER TABLE evaluations ADD COLUMN corpus_id INTEGER REFERENCES corpora (id);
UPDATE evaluations SET corpus_id = (SELECT r.corpus_id FROM runs r WHERE r.id = evaluations.run_id);

CREATE TABLE embeddings_new (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  checkpoint_id INTEGER NOT NULL,
  corpus_id INTEGER NOT NULL REFERENCES corpora (id),
  chunk INTEGER NOT NULL,
  num_rows INTEGER NOT NULL,
  dimensions INTEGER NOT NULL,
  dtype TEXT NOT NULL CHECK (dtype IN ('float16', 'float32')),
  positions BLOB NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (run_id, checkpoint_id, corpus_id, chunk)
) STRICT, WITHOUT ROWID;
INSERT INTO embeddings_new
SELECT e.run_id, e.checkpoint_id, r.corpus_id, e.chunk, e.num_rows, e.dimensions, 'float32', e.positions, e.data
FROM embeddings e JOIN runs r ON r.id = e.run_id;
DROP TABLE embeddings;
ALTER TABLE embeddings_new RENAME TO embeddings;

-- Of checkpoints that are kept for looking back only, the optimiser's state is dropped.
ALTER TABLE checkpoints ADD COLUMN weights_only INTEGER NOT NULL DEFAULT 0;
