-- refuse_login: the password was wrong.
-- may:      service, for the sign-in functions
-- refuses:  nothing
-- then:     each hotel that it may have been meant for has it on record, and an alert once the account or the address is locked
create or replace function app.refuse_login(p_email text, p_address text, p_tenant_id uuid default null)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_account text := (app.login_buckets(p_email, p_address))[1];
  v_from text := (app.login_buckets(p_email, p_address))[2];
  v_failures integer;
  v_is_locked boolean;
  v_locked_until timestamptz;
  v_login record;
begin
  select l.failures, l.locked_until is not null, l.locked_until into v_failures, v_is_locked, v_locked_until
  from identity.login_locks as l
  where l.bucket = v_account;
  for v_login in
    with settled as (select s.tenant_id, s.membership_id, s.person from app.settled_logins(p_email) as s)
    select s.tenant_id, s.membership_id, (select count(distinct o.person) = 1 from settled as o) as is_one_person
    from settled as s
  loop
    perform app.set_caller(v_login.tenant_id);
    -- of several people with one e-mail nobody knows who it was: no hotel reads where those of another are
    insert into identity.login_attempts (tenant_id, membership_id, outcome, address, at)
    select v_login.tenant_id, v_login.membership_id, 'refused', case when v_login.is_one_person or p_tenant_id is not null then p_address end, app.now()
    where p_tenant_id is null or p_tenant_id = v_login.tenant_id;
    if v_is_locked then
      perform app.raise_sign_in_alert(
        v_login.tenant_id, null, 'sign_in_locked', 'Somebody has given wrong passwords for an account of yours, and it is locked for a while.',
        jsonb_build_object('membership_id', v_login.membership_id, 'failures', v_failures), 'sign_in_locked:' || v_login.membership_id);
    end if;
  end loop;
  if exists (select from identity.login_locks as l where l.bucket = v_from and l.locked_until is not null) then
    for v_login in select t.tenant_id, t.failures from app.resolve_tried_tenants(p_address, app.now() - interval '1 hour') as t loop
      perform app.set_caller(v_login.tenant_id);
      perform app.raise_sign_in_alert(
        v_login.tenant_id, null, 'sign_in_guessing', 'One address has tried several accounts, some of yours, and it is locked for a while.',
        jsonb_build_object('failures', v_login.failures), 'sign_in_guessing:' || encode(app.digest(v_from), 'hex'));
    end loop;
  end if;
  perform app.set_caller(null);
  if v_is_locked and exists (select from identity.platform_users as p where p.user_id = app.resolve_user(p_email)) then
    insert into app.platform_alerts (kind, dedupe_key, details)
    values ('sign_in_locked', 'sign_in_locked:' || app.resolve_user(p_email) || ':' || v_locked_until, jsonb_build_object('failures', v_failures))
    on conflict (dedupe_key) do nothing;
  end if;
end
$$;

alter function app.refuse_login(text, text, uuid) owner to engine;
comment on function app.refuse_login(text, text, uuid) is 'Leaves the trace of a wrong password: an attempt at the hotel that was named, or at each of the account''s, none where somebody is only invited or does not exist. A locked account of the platform''s own people alerts the platform.';
