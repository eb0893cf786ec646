-- revoke_qr_code: a QR code opens nothing any more.
-- may:      hotel:qr:write; hotel:staff:write too for the code of a colleague
-- refuses:  permission_missing, qr_code_not_found
-- then:     scanning it says so; a login code's session ends with it
-- real clock: when it ended
create or replace function api.revoke_qr_code(p_qr_id uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_code identity.qr_tokens;
begin
  perform app.require('hotel:qr:write');
  select t.* into v_code from identity.qr_tokens as t
  where t.tenant_id = app.tenant_id() and t.id = p_qr_id and (t.property_id is null or app.sees_property(t.property_id));
  if not found then
    raise exception 'There is no such QR code.' using errcode = 'PT404', detail = 'qr_code_not_found';
  end if;
  if v_code.purpose = 'STAFF_ACCESS' then
    perform app.require('hotel:staff:write');
  end if;
  update identity.qr_tokens as t set revoked_at = clock_timestamp()
  where t.tenant_id = v_code.tenant_id and t.id = v_code.id and t.revoked_at is null;
  update identity.sessions as s set ended_at = clock_timestamp(), ended_because = 'qr_code_revoked'
  where v_code.purpose = 'LOGIN' and s.tenant_id = v_code.tenant_id and s.qr_token_id = v_code.id and s.ended_at is null;
  return jsonb_build_object('id', v_code.id, 'revoked', true);
end
$$;

alter function api.revoke_qr_code(uuid) owner to engine;
comment on function api.revoke_qr_code(uuid) is 'Revokes a QR code, and of a login code the session it opened. The same again changes nothing.';
revoke all on function api.revoke_qr_code(uuid) from public;
grant execute on function api.revoke_qr_code(uuid) to staff, admin;
