-- lifted_suppressions: that somebody is written to again is a decision, and the log knows whose.
-- The table itself is a record; its addresses never enter the log.
create or replace trigger record_lift
  after update of lifted_at on notify.suppressions
  for each row when (old.lifted_at is null and new.lifted_at is not null)
  execute function app.record_change('tenant_id', 'id');
