-- begin_login: somebody is about to say a password.
-- may:      service, for the sign-in functions
-- refuses:  nothing: outcome says locked, so that the counters survive
-- then:     the try counts as failed until accept_login takes it back
create or replace function app.begin_login(p_flow text, p_email text, p_address text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_wait integer := app.count_login(app.login_buckets(p_email, p_address));
  v_logins jsonb;
begin
  if v_wait is not null then
    return jsonb_build_object('outcome', 'locked', 'retry_after', v_wait);
  end if;
  select jsonb_agg(to_jsonb(l) order by l.hotel_name, l.tenant_id) into v_logins from app.logins_of(p_email, p_flow) as l;
  return jsonb_build_object(
    'outcome', 'ready', 'password_hash', v_logins -> 0 ->> 'password_hash',
    'logins', coalesce((select jsonb_agg(l - 'password_hash') from jsonb_array_elements(v_logins) as l), '[]'));
end
$$;

alter function app.begin_login(text, text, text) owner to engine;
comment on function app.begin_login(text, text, text) is
  '{outcome: locked, retry_after}, or {outcome: ready, password_hash, logins: [{tenant_id, membership_id, tenant_slug, hotel_name}]}: no login for an e-mail that has none of that flow, which the caller answers like a wrong password.';
