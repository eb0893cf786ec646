-- end_guest_access: no session, device or code opens the stays any more.
-- may:      called by make_guest_nobody
-- refuses:  nothing
-- then:     sessions are over, devices and kept answers forgotten, QR codes revoked
-- real clock: the life of sessions and QR codes
create or replace function app.end_guest_access(p_guest_id uuid, p_booking_ids uuid[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update identity.sessions as s
  set ended_at = coalesce(s.ended_at, clock_timestamp()), ended_because = coalesce(s.ended_because, 'guest_erased'), device_digest = null
  where s.tenant_id = app.tenant_id() and s.booking_id = any (p_booking_ids) and (s.ended_at is null or s.device_digest is not null);
  update identity.qr_tokens as q
  set revoked_at = clock_timestamp()
  where q.tenant_id = app.tenant_id() and q.revoked_at is null and (q.guest_id = p_guest_id or q.booking_id = any (p_booking_ids));
  delete from identity.seen_devices as d
  where d.tenant_id = app.tenant_id() and d.booking_id = any (p_booking_ids);
  delete from app.idempotency_keys as k
  where k.tenant_id = app.tenant_id()
    and exists (select from unnest(p_booking_ids) as b (id)
                where k.caller = 'guest:' || b.id or position(b.id::text in k.response::text) > 0);
end
$$;

comment on function app.end_guest_access(uuid, uuid[]) is 'Shuts every way back in for an erased guest. Answers kept for a repeat may name the guest, so they go too.';
