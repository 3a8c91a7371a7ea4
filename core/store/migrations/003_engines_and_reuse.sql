-- An engine of one device among several; pictures that an update need not read again.

ALTER TABLE engines ADD COLUMN takes_auto INTEGER NOT NULL DEFAULT 1;

-- Digest of the file's size, time of modification and the options it was read with; 0: unknown.
ALTER TABLE samples ADD COLUMN stamp INTEGER NOT NULL DEFAULT 0;
