-- qr_limit: how many tries with QR codes a minute may see.
create or replace function app.qr_limit(p_name text, p_default integer)
returns integer
language plpgsql
stable
set search_path = ''
as $$
declare
  v_stated jsonb := app.setting(null, 'qr_limits') -> p_name;
begin
  if jsonb_typeof(v_stated) = 'number' and (v_stated #>> '{}')::numeric between 1 and 100000 then
    return (v_stated #>> '{}')::numeric::integer;
  end if;
  return p_default;
end
$$;

comment on function app.qr_limit(text, integer) is
  'A limit of the tenant''s setting qr_limits: {"address_per_minute": 10, "guest_per_minute": 5}; the default where it states none, or nothing sensible.';
