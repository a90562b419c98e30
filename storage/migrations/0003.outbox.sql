-- Who is sending a row: a run of the program, not a time. A row of another run was left behind by one that died.
ALTER TABLE outbox ADD COLUMN run TEXT;

-- Rows that wait for their time.
CREATE INDEX outbox_parked ON outbox (not_before) WHERE state = 'pending' AND not_before > 0;
