-- destroy_guest_key: what the log says about the guest can never be read again.
-- may:      called by make_guest_nobody
-- refuses:  nothing
-- then:     the entries stay as they are, sealed, and tell nothing
create or replace function app.destroy_guest_key(p_guest_id uuid)
returns bigint
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  delete from app.guest_keys as k where k.tenant_id = app.tenant_id() and k.guest_id = p_guest_id;
  return (select count(*) from public.audit_log as a where a.tenant_id = app.tenant_id() and a.guest_id = p_guest_id);
end
$$;

alter function app.destroy_guest_key(uuid) owner to auditor;
comment on function app.destroy_guest_key(uuid) is 'Private to the erasure. Answers how many entries of the log were under the key; none of them is touched, so no seal breaks.';
revoke all on function app.destroy_guest_key(uuid) from public, service;
grant execute on function app.destroy_guest_key(uuid) to engine;
