-- set_worker_asleep: a worker's own row: awake or asleep, and when it was last seen.
create or replace function app.set_worker_asleep(p_worker_id uuid, p_kind text, p_is_asleep boolean)
returns void
language sql
volatile
set search_path = ''
as $$
  delete from notify.workers as w
  where w.kind = p_kind and w.id <> p_worker_id and w.seen_at < clock_timestamp() - interval '2 minutes';

  insert into notify.workers (id, kind, is_asleep, seen_at)
  values (p_worker_id, p_kind, p_is_asleep, clock_timestamp())
  on conflict (id) do update set is_asleep = excluded.is_asleep, seen_at = excluded.seen_at
$$;

comment on function app.set_worker_asleep(uuid, text, boolean) is
  'Says whether a worker sleeps and has to be notified; sweeps rows of workers not seen for two minutes (real clock).';
revoke all on function app.set_worker_asleep(uuid, text, boolean) from public, engine;
