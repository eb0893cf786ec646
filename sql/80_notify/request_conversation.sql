-- request_conversation: how the guest of a request can be reached now.
-- may:      hotel:requests:read
-- refuses:  nothing: an unseen request has no conversation
-- then:     nothing
create or replace function api.request_conversation(p_request_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform app.require('hotel:requests:read');
  return (
    select jsonb_build_object(
      'whatsapp_until', app.window_until(r.tenant_id, g.phone),
      'is_suppressed', app.suppression_of(r.tenant_id, g.phone, 'utility', false) is not null,
      'has_phone', g.phone is not null)
    from portal.requests as r
    join public.bookings as b on b.tenant_id = r.tenant_id and b.id = r.booking_id
    join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
    where r.tenant_id = app.tenant_id() and r.id = p_request_id and app.sees_property(r.property_id));
end
$$;

alter function api.request_conversation(uuid) owner to engine;
comment on function api.request_conversation(uuid) is
  '{whatsapp_until, is_suppressed, has_phone}: until when what is said leaves as free text (null: the guest has not written for a day), and whether the number said STOP or refuses us.';
revoke all on function api.request_conversation(uuid) from public;
grant execute on function api.request_conversation(uuid) to staff, admin;
