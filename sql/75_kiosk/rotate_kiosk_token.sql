-- rotate_kiosk_token: a kiosk's next token.
-- may:      hotel:kiosks:write
-- refuses:  permission_missing, kiosk_not_found, kiosk_is_revoked
-- then:     the token before it opens nothing any more
-- real clock: the life of a session
create or replace function api.rotate_kiosk_token(p_kiosk_id uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_kiosk kiosk.kiosks;
  v_secret text := app.new_secret();
  v_claims jsonb;
begin
  perform app.require('hotel:kiosks:write');
  v_kiosk := app.lock_kiosk(p_kiosk_id);
  if v_kiosk.revoked_at is not null then
    raise exception 'This kiosk was revoked.'
      using errcode = 'PT409', detail = 'kiosk_is_revoked', hint = 'Register it anew.';
  end if;
  v_claims := app.new_device_token(v_kiosk.id, v_secret);
  update identity.sessions as s set ended_at = clock_timestamp(), ended_because = 'device_token_rotated'
  where s.tenant_id = v_kiosk.tenant_id and s.id = v_kiosk.session_id and s.ended_at is null;
  update kiosk.kiosks as k
  set session_id = (v_claims ->> 'session_id')::uuid, api_key_digest = app.digest(v_secret), token_made_at = clock_timestamp(), updated_at = app.now()
  where k.tenant_id = v_kiosk.tenant_id and k.id = v_kiosk.id;
  return jsonb_build_object('id', v_kiosk.id, 'name', v_kiosk.name, 'property_id', v_kiosk.property_id, 'claims', v_claims);
end
$$;

alter function api.rotate_kiosk_token(uuid) owner to engine;
comment on function api.rotate_kiosk_token(uuid) is
  'Gives the claims of a kiosk''s next device token, which the function kiosk-rotate signs and shows once; the one before is over at once. A second call gives yet another.';
revoke all on function api.rotate_kiosk_token(uuid) from public;
grant execute on function api.rotate_kiosk_token(uuid) to staff, admin;
