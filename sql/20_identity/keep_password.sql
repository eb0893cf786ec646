-- keep_password: a chosen password opens a membership from here on.
-- may:      called by set_password
-- refuses:  nothing
-- then:     the tenant that stood, and its caller, stand again
create or replace function app.keep_password(p_tenant_id uuid, p_membership_id uuid, p_password_hash text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_here uuid := app.tenant_id();
  v_actor uuid := app.actor_id();
  v_session uuid := app.session_id();
begin
  -- no hotel reads who somebody is in another
  if p_tenant_id <> v_here then
    perform app.set_caller(p_tenant_id);
  end if;
  insert into identity.passwords as w (tenant_id, membership_id, password_hash, accepted_at, changed_at)
  values (p_tenant_id, p_membership_id, p_password_hash, app.now(), app.now())
  on conflict (tenant_id, membership_id) do update
  set password_hash = excluded.password_hash, one_time_digest = null, one_time_until = null,
      accepted_at = coalesce(w.accepted_at, excluded.accepted_at), changed_at = excluded.changed_at;
  perform app.set_caller(v_here, p_actor_id => v_actor, p_session_id => v_session);
end
$$;

comment on function app.keep_password(uuid, uuid, text) is 'Writes the hash of a chosen password, whatever opened the membership before.';
