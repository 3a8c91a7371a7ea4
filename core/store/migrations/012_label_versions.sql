-- Counts the times that labels were attached, so that whoever has read a corpus sees that they changed.
ALTER TABLE corpora ADD COLUMN labels_version INTEGER NOT NULL DEFAULT 0;
