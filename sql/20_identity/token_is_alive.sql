-- token_is_alive: whether the session of a browser's access token still stands.
-- may:      service, for pages
-- refuses:  nothing
-- then:     nothing
create or replace function app.token_is_alive(p_claims jsonb)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  return app.enter_session(p_claims ->> 'role', p_claims) is null;
end
$$;

alter function app.token_is_alive(jsonb) owner to engine;
comment on function app.token_is_alive(jsonb) is 'What pre_request would say of these claims: true when they would be let in.';
