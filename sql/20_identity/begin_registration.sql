-- begin_registration: somebody wants to register a hotel.
-- may:      service, for the function auth-register
-- refuses:  nothing: outcome says locked, so that the counters survive
-- then:     the try counts, for the address and like a sign-in
create or replace function app.begin_registration(p_email text, p_address text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  c_window constant interval := interval '1 hour';
  c_most constant integer := 20;
  v_bucket text := 'register:' || coalesce(p_address, 'unknown');
  v_wait integer := app.limit_wait(v_bucket, c_window, c_most);
begin
  -- of many at the same moment those beyond the limit wait too
  if v_wait is null and app.count_hit(v_bucket, c_window) > c_most then
    v_wait := greatest(1, app.limit_wait(v_bucket, c_window, c_most));
  end if;
  if v_wait is not null then
    return jsonb_build_object('outcome', 'locked', 'retry_after', v_wait);
  end if;
  return app.begin_login('console', p_email, p_address) || jsonb_build_object('is_known', app.resolve_user(p_email) is not null);
end
$$;

alter function app.begin_registration(text, text) owner to engine;
comment on function app.begin_registration(text, text) is 'As begin_login, with is_known: whether the e-mail has an account. Twenty an hour for an address.';
