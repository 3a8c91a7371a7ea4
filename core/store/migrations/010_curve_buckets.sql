-- Of each 256 steps of a curve what its picture needs, so that a chart of a million readings is drawn
-- from a few thousand of them: the lowest, the highest, the last that is not finite, and for smoothing
-- how many finite ones there are and their sum. What a later attempt took back is left out.

CREATE TABLE metric_buckets (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  key_id INTEGER NOT NULL,
  bucket INTEGER NOT NULL,  -- step / 256
  num_finite INTEGER NOT NULL,
  total REAL NOT NULL,
  low REAL, low_step INTEGER, low_ms INTEGER,
  high REAL, high_step INTEGER, high_ms INTEGER,
  gap_step INTEGER, gap_ms INTEGER,
  PRIMARY KEY (run_id, key_id, bucket)
) STRICT, WITHOUT ROWID;

-- Of runs from before. ±1.797e308 are the greatest finite numbers.
INSERT INTO metric_buckets
WITH kept AS (
  SELECT m.run_id, m.key_id, m.step / 256 AS bucket, m.step, m.wall_ms, m.value,
         m.value BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308 AS is_finite
  FROM metrics m JOIN runs r ON r.id = m.run_id
  WHERE NOT EXISTS (SELECT 1 FROM attempts a
                    WHERE a.run_id = m.run_id AND a.number > m.attempt AND a.from_step < m.step)),
lows AS (SELECT run_id, key_id, bucket, min(value) AS value, step, wall_ms FROM kept
         WHERE is_finite GROUP BY 1, 2, 3),
highs AS (SELECT run_id, key_id, bucket, max(value) AS value, step, wall_ms FROM kept
          WHERE is_finite GROUP BY 1, 2, 3),
gaps AS (SELECT run_id, key_id, bucket, max(step) AS step, wall_ms FROM kept
         WHERE ifnull(is_finite, 0) = 0 GROUP BY 1, 2, 3),
sums AS (SELECT run_id, key_id, bucket, count(*) FILTER (WHERE is_finite) AS num_finite,
         total(value) FILTER (WHERE is_finite) AS total FROM kept GROUP BY 1, 2, 3)
SELECT s.run_id, s.key_id, s.bucket, s.num_finite, s.total, l.value, l.step, l.wall_ms,
       h.value, h.step, h.wall_ms, g.step, g.wall_ms
FROM sums s LEFT JOIN lows l USING (run_id, key_id, bucket)
LEFT JOIN highs h USING (run_id, key_id, bucket) LEFT JOIN gaps g USING (run_id, key_id, bucket);
