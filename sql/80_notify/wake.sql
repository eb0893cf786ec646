-- wake: notifies the workers of a kind, only where one sleeps.
-- A notify in every commit would serialise all commits; a worker that is awake looks by itself.
-- plpgsql, which keeps its plan: a function in plain sql is planned anew in every transaction.
create or replace function app.wake(p_kind text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform pg_notify('staybase_' || p_kind, '')
  where exists (select from notify.workers as w where w.kind = p_kind and w.is_asleep);
end
$$;

comment on function app.wake(text) is 'Notifies channel staybase_<kind> if a worker of that kind (outbox, events) is asleep.';
