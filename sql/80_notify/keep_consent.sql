-- keep_consent: what somebody agreed to, or took back, with its proof.
-- may:      called by commands, the trigger on guests and provider's callbacks
-- refuses:  nothing
-- then:     one row, if it is not what held already
create or replace function app.keep_consent(
  p_tenant_id uuid,
  p_guest_id uuid,
  p_address text,
  p_scope text,
  p_is_given boolean,
  p_source text,
  p_proof jsonb
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if app.has_consented(p_tenant_id, p_address, p_scope) is distinct from p_is_given then
    insert into notify.consents (tenant_id, guest_id, address, scope, is_given, source, proof, at)
    values (p_tenant_id, p_guest_id, p_address, p_scope, p_is_given, p_source, p_proof, app.now());
  end if;
end
$$;

comment on function app.keep_consent(uuid, uuid, text, text, boolean, text, jsonb) is 'Adds to notify.consents. The latest row of an address and scope holds.';
