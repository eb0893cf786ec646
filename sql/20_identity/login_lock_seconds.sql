-- login_lock_seconds: how long a bucket stays shut after so many failures in a row.
create or replace function app.login_lock_seconds(p_bucket text, p_failures integer)
returns integer
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_free constant integer := case split_part(p_bucket, ':', 1) when 'account' then 4 when 'address' then 19 else 99 end;
begin
  if p_failures <= v_free then
    return null;
  end if;
  return least(30 * 2 ^ least(p_failures - v_free - 1, 10), 900);
end
$$;

comment on function app.login_lock_seconds(text, integer) is
  'Null while there is room: four failures for an account, nineteen for an address, ninety-nine for a network; then 30 seconds, doubled with each failure more, a quarter of an hour at most.';
