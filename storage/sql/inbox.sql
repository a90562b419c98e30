-- name: add
INSERT INTO updates (update_id, content, received_at) VALUES (:update_id, :content, :now)
ON CONFLICT (update_id) DO NOTHING
RETURNING update_id;

-- name: done
UPDATE updates SET content = NULL WHERE update_id = :update_id;

-- name: open
SELECT content FROM updates WHERE content IS NOT NULL ORDER BY update_id;

-- name: forget
DELETE FROM updates WHERE content IS NULL AND received_at < :before;
