-- begin_login: somebody is about to say a password.
-- may:      service, for the sign-in functions
-- refuses:  nothing: outcome says locked, so that the counters survive
-- then:     the try counts as failed until accept_login takes it back
create or replace function app.begin_login(p_flow text, p_email text, p_address text, p_one_time_digest bytea default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_wait integer := app.count_login(app.login_buckets(p_email, p_address));
begin
  if v_wait is not null then
    return jsonb_build_object('outcome', 'locked', 'retry_after', v_wait);
  end if;
  return jsonb_build_object(
    'outcome', 'ready',
    'logins', (select coalesce(jsonb_agg(to_jsonb(l) order by l.hotel_name, l.tenant_id), '[]') from app.logins_of(p_email, p_flow, p_one_time_digest) as l));
end
$$;

alter function app.begin_login(text, text, text, bytea) owner to engine;
comment on function app.begin_login(text, text, text, bytea) is
  '{outcome: locked, retry_after}, or {outcome: ready, logins: [{tenant_id, membership_id, tenant_slug, hotel_name, password_hash, one_time}]}: one_time is right, over or null for the digest of what was typed. No login for an e-mail that has none of that flow, which the caller answers like a wrong password.';
