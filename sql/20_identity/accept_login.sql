-- accept_login: the password was right.
-- may:      service, for the sign-in functions
-- refuses:  nothing: null when the member has just left, or has just changed the password that was verified
-- then:     a session is open, its first secret kept, and the failures before it forgotten
create or replace function app.accept_login(
  p_email text, p_address text, p_tenant_id uuid, p_membership_id uuid, p_verified_hash text, p_one_time_digest bytea,
  p_secret_digest bytea)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_session jsonb;
  v_is_whole boolean;
  v_answer jsonb;
begin
  perform app.set_caller(p_tenant_id);
  -- lock: the person, so that a change of password ends this session too, or comes first
  perform from identity.users as u where u.id = app.resolve_user(p_email) for share;
  perform from identity.passwords as w
  where w.tenant_id = p_tenant_id and w.membership_id = p_membership_id
    and (w.password_hash = p_verified_hash or app.password_state(w, p_one_time_digest) = 'right');
  if not found then
    return null;
  end if;
  -- used: whoever lost the answer may ask once more, and then it is over
  update identity.passwords as w
  set one_time_until = least(w.one_time_until, app.now() + interval '15 minutes')
  where w.tenant_id = p_tenant_id and w.membership_id = p_membership_id and w.one_time_digest is not null;
  v_is_whole := app.is_whole_account(p_email, p_tenant_id, p_membership_id);
  perform app.set_caller(p_tenant_id);
  v_session := app.open_member_session(p_tenant_id, p_membership_id);
  if v_session is null then
    return null;
  end if;
  perform app.forgive_login(app.login_buckets(p_email, p_address), v_is_whole);
  insert into identity.login_attempts (tenant_id, membership_id, outcome, address, at)
  values (p_tenant_id, p_membership_id, 'signed_in', p_address, app.now());
  select v_session || jsonb_build_object(
    'must_change_password', app.must_choose_password(p_tenant_id, p_membership_id),
    'onboarding_completed', t.onboarding_completed_at is not null,
    'capabilities', app.session_capabilities(),
    'notices', (select coalesce(jsonb_agg(jsonb_build_object('kind', n.kind, 'at', n.created_at) order by n.created_at), '[]')
                from identity.notices as n
                where n.tenant_id = m.tenant_id and n.membership_id = m.id and n.seen_at is null))
  into v_answer
  from identity.memberships as m
  join public.tenants as t on t.id = m.tenant_id
  where m.tenant_id = p_tenant_id and m.id = p_membership_id;
  perform app.issue_refresh_token(p_tenant_id, (v_session ->> 'session_id')::uuid, p_secret_digest, interval '7 days');
  return v_answer;
end
$$;

alter function app.accept_login(text, text, uuid, uuid, text, bytea, bytea) owner to engine;
comment on function app.accept_login(text, text, uuid, uuid, text, bytea, bytea) is
  'The claims of the session just opened, with must_change_password, onboarding_completed, capabilities and the notices not yet seen. Called only once the password has been verified against p_verified_hash, which must still stand; a password for once is verified here, and ends a quarter of an hour after its first use.';
