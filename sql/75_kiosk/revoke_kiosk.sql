-- revoke_kiosk: a kiosk is out at once.
-- may:      hotel:kiosks:write
-- refuses:  permission_missing, kiosk_not_found
-- then:     its token opens nothing any more
-- real clock: when it ended
create or replace function api.revoke_kiosk(p_kiosk_id uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_kiosk kiosk.kiosks;
begin
  perform app.require('hotel:kiosks:write');
  v_kiosk := app.lock_kiosk(p_kiosk_id);
  if v_kiosk.revoked_at is null then
    update kiosk.kiosks as k set revoked_at = clock_timestamp(), status = 'offline', updated_at = app.now()
    where k.tenant_id = v_kiosk.tenant_id and k.id = v_kiosk.id;
    update identity.sessions as s set ended_at = clock_timestamp(), ended_because = 'kiosk_revoked'
    where s.tenant_id = v_kiosk.tenant_id and s.id = v_kiosk.session_id and s.ended_at is null;
    perform app.emit_event('kiosk.revoked', v_kiosk.property_id, null, null, 'kiosk', v_kiosk.id);
  end if;
  return jsonb_build_object('id', v_kiosk.id, 'revoked', true);
end
$$;

alter function api.revoke_kiosk(uuid) owner to engine;
comment on function api.revoke_kiosk(uuid) is 'Revokes a kiosk and its token. The same again changes nothing; a revoked kiosk is registered anew.';
revoke all on function api.revoke_kiosk(uuid) from public;
grant execute on function api.revoke_kiosk(uuid) to staff, admin;
