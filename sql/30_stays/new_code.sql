-- new_code: six characters nobody can guess or misread.
create or replace function app.new_code()
returns text
language sql
volatile
set search_path = ''
as $$
  select string_agg(substr('23456789ABCDEFGHJKLMNPQRSTUVWXYZ', (get_byte(r.bytes, i) & 31) + 1, 1), '' order by i)
  from (select uuid_send(gen_random_uuid()) as bytes) as r, generate_series(0, 5) as i
$$;

comment on function app.new_code() is
  'A random code of six characters without 0, O, 1 and I. 32 characters, so five random bits each and no bias; the first six bytes of a random uuid are random throughout.';
