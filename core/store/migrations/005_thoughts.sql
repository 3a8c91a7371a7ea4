-- What a language model answers at a checkpoint, for people: blanks filled, or texts gone on with.

CREATE TABLE thoughts (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  answers TEXT NOT NULL,  -- JSON: {"blanks": [...]} or {"samples": [...]}
  PRIMARY KEY (run_id, step)
) STRICT;
