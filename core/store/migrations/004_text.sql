-- What only corpora of one kind have, as JSON: for text its vocabulary, pieces, sentences, cleaning.

ALTER TABLE corpora ADD COLUMN details TEXT NOT NULL DEFAULT '{}';
