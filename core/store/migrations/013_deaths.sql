-- Engines that died with a job: how often in a row without a step gained, how far the run was then,
-- and how often an engine was started for a job that none has taken up.

ALTER TABLE jobs ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN death_step INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN starts INTEGER NOT NULL DEFAULT 0;

-- A run whose engine died so is not resumed: it would die again.
ALTER TABLE runs ADD COLUMN gave_up INTEGER NOT NULL DEFAULT 0;
