-- validate_qr: a QR code is handed in: a context, or, of a code for one use, the stay it was made for.
-- may:      service, for the function qr-validate and the page behind a login code
-- refuses:  nothing: outcome says why not, so that the counters survive
-- then:     a code for one use is spent, exactly once, and the guest's session is open
-- real clock: when it was spent
create or replace function app.validate_qr(p_digest bytea, p_address text, p_device_digest bytea)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_try record;
  v_code identity.qr_tokens;
  v_kind identity.qr_purposes;
  v_session jsonb;
begin
  v_try := app.try_qr(p_digest, p_address, true);
  if v_try.outcome <> 'known' then
    return jsonb_build_object('outcome', v_try.outcome, 'retry_after', v_try.retry_after);
  end if;
  select t.* into v_code from identity.qr_tokens as t where t.tenant_id = app.tenant_id() and t.id = v_try.code_id;
  select p.* into v_kind from identity.qr_purposes as p where p.purpose = v_code.purpose;
  if v_kind.opens <> 'session' then
    return jsonb_build_object('outcome', 'known') || app.qr_context(v_code.id);
  end if;

  perform set_config('app.actor_id', v_code.booking_id::text, true), set_config('app.session_id', app.new_id()::text, true);
  -- spent by whoever comes first: the others wait for the row and find it used
  update identity.qr_tokens as t set used_at = clock_timestamp()
  where t.tenant_id = v_code.tenant_id and t.id = v_code.id and t.used_at is null and t.revoked_at is null;
  if not found then
    perform app.set_caller(null);
    return jsonb_build_object('outcome', 'used', 'retry_after', null);
  end if;

  v_session := app.open_qr_session(v_code, v_code.booking_id,
    case when exists (select from identity.seen_devices as d
                      where d.tenant_id = v_code.tenant_id and d.booking_id = v_code.booking_id and d.device_digest = p_device_digest)
      then 'identified' else 'context' end,
    p_device_digest);
  if v_session is null then
    return jsonb_build_object('outcome', 'expired', 'retry_after', null);
  end if;
  return v_session || jsonb_build_object(
    'purpose', v_code.purpose, 'audience', v_kind.audience, 'opens', v_kind.opens,
    'guest_id', v_code.guest_id, 'room_id', v_code.room_id);
end
$$;

alter function app.validate_qr(bytea, text, bytea) owner to engine;
comment on function app.validate_qr(bytea, text, bytea) is
  '{outcome: opened, tenant_id, session_id, booking_id, guest_id, room_id, …} once for a login code; {outcome: known, …} with the context of any other; else {outcome: unknown | expired | used | revoked | throttled, retry_after}. Every call is counted.';
