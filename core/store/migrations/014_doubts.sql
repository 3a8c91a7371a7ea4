-- What makes an accuracy untrue, counted when it is measured: samples that the training part has, too,
-- and samples of classes that it lacks.

ALTER TABLE evaluations ADD COLUMN num_copies INTEGER NOT NULL DEFAULT 0;
ALTER TABLE evaluations ADD COLUMN num_unseen INTEGER NOT NULL DEFAULT 0;
