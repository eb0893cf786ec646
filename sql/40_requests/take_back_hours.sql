-- take_back_hours: an hour that was agreed and is cancelled is the hotel's own again.
-- may:      called by the workflow trigger
-- refuses:  nothing
-- then:     the booking's hour is the one agreed before, else the property's; dates and rooms stay as they are, other guests count on them
create or replace function app.take_back_hours(p_request portal.requests)
returns void
language sql
volatile
set search_path = ''
as $$
  update public.bookings as b
  set agreed_check_in_time = case when b.agreed_check_in_time = (p_request.details ->> 'check_in_time')::time
                                  then (select min(h.hour) from app.hours_agreed(b.id, 'early_checkin') as h where h.request_id <> p_request.id)
                                  else b.agreed_check_in_time end,
      agreed_check_out_time = case when b.agreed_check_out_time = (p_request.details ->> 'check_out_time')::time
                                   then (select max(h.hour) from app.hours_agreed(b.id, 'late_checkout') as h where h.request_id <> p_request.id)
                                   else b.agreed_check_out_time end,
      updated_at = app.now()
  where b.tenant_id = p_request.tenant_id
    and b.id = p_request.booking_id
    and p_request.subtype in ('late_checkout', 'early_checkin')
    and p_request.details ? 'amount'
$$;

comment on function app.take_back_hours(portal.requests) is 'Undoes a late check-out or early check-in that had been approved. What another one that stands has agreed holds again. Nothing for any other request.';
