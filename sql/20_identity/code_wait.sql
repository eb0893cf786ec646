-- code_wait: how long an address has to wait before it may try a code.
-- may:      called by try_code; service, before a try reaches PostgREST
-- refuses:  nothing: null while there is room
-- then:     nothing
create or replace function app.code_wait(p_address text, p_most integer default 10)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  c_minute constant interval := interval '1 minute';
  c_of_network constant integer := 90;
begin
  return greatest(
    app.limit_wait('code:' || coalesce(p_address, 'unknown'), c_minute, p_most),
    app.limit_wait('code-net:' || app.network_of(coalesce(p_address, '')), c_minute, p_most + c_of_network));
end
$$;

alter function app.code_wait(text, integer) owner to engine;
comment on function app.code_wait(text, integer) is
  'Seconds until an address and its network have room again: ten wrong codes a minute an address, a hundred a /24. With p_most other than ten: until there would be room for so many.';
