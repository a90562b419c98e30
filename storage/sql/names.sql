-- name: visible
-- Every name of everything that readers may see; who is spoken of most comes first.
SELECT
    entities.kind,
    entities.id,
    entities.name,
    entities.note,
    aliases.name AS alias,
    aliases.folded,
    aliases.pinyin,
    aliases.initials
FROM entities
INNER JOIN aliases ON aliases.entity_id = entities.id
WHERE entities.visible = 1
ORDER BY entities.weight DESC, entities.id, aliases.id;

-- name: insert_alias
INSERT INTO aliases (entity_id, name, folded, pinyin, initials)
VALUES (:entity_id, :name, :folded, :pinyin, :initials)
ON CONFLICT (entity_id, folded) DO NOTHING
RETURNING id AS alias_id, entity_id AS id, name, folded, :kind AS kind;
