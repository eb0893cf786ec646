-- take_back_hours: an hour that was agreed and is cancelled is the hotel's own again.
-- may:      called by the workflow trigger
-- refuses:  nothing
-- then:     the booking's hour follows the property; dates and rooms stay as they are, other guests count on them
create or replace function app.take_back_hours(p_request portal.requests)
returns void
language sql
volatile
set search_path = ''
as $$
  update public.bookings as b
  set agreed_check_in_time = nullif(b.agreed_check_in_time, (p_request.details ->> 'check_in_time')::time),
      agreed_check_out_time = nullif(b.agreed_check_out_time, (p_request.details ->> 'check_out_time')::time),
      updated_at = app.now()
  where b.tenant_id = p_request.tenant_id
    and b.id = p_request.booking_id
    and p_request.subtype in ('late_checkout', 'early_checkin')
    and p_request.details ? 'amount'
$$;

comment on function app.take_back_hours(portal.requests) is 'Undoes a late check-out or early check-in that had been approved. Nothing for any other request.';
