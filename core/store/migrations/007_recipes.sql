-- Views' settings that are kept under a name. What one says never changes, so that a run's reference
-- to it stays true: under the same name another row takes its place.

CREATE TABLE recipes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  settings TEXT NOT NULL,  -- JSON: the keys "views.…" with their values.
  created_ms INTEGER NOT NULL,
  deleted_ms INTEGER
) STRICT;
CREATE UNIQUE INDEX recipes_by_name ON recipes (name) WHERE deleted_ms IS NULL;

ALTER TABLE runs ADD COLUMN recipe_id INTEGER REFERENCES recipes (id);
