-- How a projection was made; frames of a film: the same samples at one checkpoint after the other.
-- And what is under way is found without reading every run.

ALTER TABLE projections ADD COLUMN parameters TEXT NOT NULL DEFAULT '{}';
ALTER TABLE projections ADD COLUMN film INTEGER;  -- Number of the job that made it; NULL: no frame.
DROP INDEX projections_by_run;
CREATE INDEX projections_by_run ON projections (run_id, film, method);

CREATE INDEX runs_by_status ON runs (status) WHERE deleted_ms IS NULL;
