/* pgmigrate-encoding: utf-8 */
-- The last tick is shown with what ran in it.
alter table app.last_tick add column ran_at timestamptz;
comment on column app.last_tick.ticked_at is 'When it ended, by the real clock.';
comment on column app.last_tick.took is 'How long its steps took together.';
comment on column app.last_tick.ran_at is 'The house''s own instant at which it ran: the ran_at of its runs. Null: not since this is kept.';
