-- one_time_password: 80 random bits in sixteen letters and digits that are not taken for one another.
create or replace function app.one_time_password()
returns text
language sql
volatile
set search_path = ''
as $$
  select string_agg(substr('abcdefghijkmnpqrstuvwxyz23456789', 1 + get_byte(r.bytes, n) % 32, 1) || case when n in (3, 7, 11) then '-' else '' end, '' order by n)
  from (select sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))) as r (bytes)
  cross join generate_series(0, 15) as n
$$;

comment on function app.one_time_password() is 'A password for once, in four groups. Shown to whoever gives it, and only its sha256 stored.';
