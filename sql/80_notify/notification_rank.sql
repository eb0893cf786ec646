-- notification_rank: how far a message has come; null for states that callbacks do not know.
-- Without "set search_path": pure, and inlined into the trigger of every update.
create or replace function app.notification_rank(p_state text)
returns integer
language sql
immutable
parallel safe
as $$
  select case p_state when 'sent' then 1 when 'failed' then 2 when 'delivered' then 3 when 'read' then 4 end
$$;

comment on function app.notification_rank(text) is 'sent 1 < failed 2 < delivered 3 < read 4: callbacks come late and twice, and only ever raise it.';
