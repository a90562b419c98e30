-- Who may do what, and invitations to do more.

-- name: roles
SELECT user_id, role, name FROM roles;

-- name: set_role
INSERT INTO roles (user_id, role, name) VALUES (:user_id, :role, :name)
ON CONFLICT (user_id) DO UPDATE SET role = excluded.role, name = coalesce(excluded.name, roles.name);

-- name: delete_role
DELETE FROM roles WHERE user_id = :user_id;

-- name: owners
SELECT count(*) AS owners FROM roles WHERE role = 'owner' AND user_id <> :user_id;

-- name: invite
INSERT INTO invitations (token_hash, role, username, made_by, expires_at)
VALUES (:token_hash, :role, :username, :made_by, :expires_at);

-- name: accept
-- Once, in time, and only by whom it is for; of two who race one finds the row used.
UPDATE invitations SET used_by = :user_id
WHERE
    token_hash = :token_hash
    AND used_by IS NULL
    AND expires_at > :now
    AND (username IS NULL OR username = :username)
RETURNING role, made_by;

-- name: withdraw_invitations
-- Of somebody who may not invite any more.
DELETE FROM invitations WHERE made_by = :user_id AND used_by IS NULL;
