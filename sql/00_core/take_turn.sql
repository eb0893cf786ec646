-- take_turn: tries of one bucket are looked at one after the other.
-- may:      called by commands whose every try must be counted before the next is looked at
-- refuses:  nothing
-- then:     whoever else tries the bucket waits until commit
create or replace function app.take_turn(p_bucket text)
returns void
language sql
volatile
set search_path = ''
as $$
  select pg_advisory_xact_lock(hashtextextended(p_bucket, 0))
$$;

comment on function app.take_turn(text) is
  'Makes a limit exact: without it as many tries pass at once as there are connections. For buckets of one guest or room, never for one that many share.';
