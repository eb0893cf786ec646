-- with_offer: a wish that changes the booking is only taken while it can be granted.
-- may:      called by portal_submit_request
-- refuses:  booking_not_found, and what offered_change refuses
-- then:     nothing
create or replace function app.with_offer(p_type portal.request_types, p_booking_id uuid, p_subtype text, p_inputs jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_booking public.bookings;
begin
  if not exists (
    select from portal.workflow_versions as v, jsonb_each(v.workflow -> 'actions') as a
    where v.tenant_id = p_type.tenant_id and v.id = p_type.current_version_id and (a.value ->> 'changes_booking')::boolean) then
    return p_inputs;
  end if;
  select b.* into v_booking from public.bookings as b where b.tenant_id = p_type.tenant_id and b.id = p_booking_id;
  if not found then
    raise exception 'Say whose stay it is.' using errcode = 'PT404', detail = 'booking_not_found', hint = 'on_behalf_of';
  end if;
  return p_inputs || (app.offered_change(v_booking, p_subtype, p_inputs) - 'room_id');
end
$$;

comment on function app.with_offer(portal.request_types, uuid, text, jsonb) is
  'The inputs with what app.offered_change makes of them, quoted among them; unchanged for types no action of which changes the booking.';
