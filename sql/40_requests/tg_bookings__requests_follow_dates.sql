-- tg_bookings__requests_follow_dates: what was agreed for a day that a stay loses ends with that day.
create or replace function app.tg_bookings__requests_follow_dates()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_request portal.requests;
begin
  if app.tenant_id() is distinct from new.tenant_id then
    perform app.set_caller(new.tenant_id);
  end if;
  for v_request in
    select r.*
    from portal.requests as r
    join portal.request_types as t on t.tenant_id = r.tenant_id and t.id = r.request_type_id
    join public.properties as p on p.tenant_id = r.tenant_id and p.id = r.property_id
    where r.tenant_id = new.tenant_id and r.booking_id = new.id and r.phase not in ('resolved', 'closed')
      and case r.subtype
        when 'late_checkout' then r.status = 'approved' and new.check_out <> old.check_out
        when 'early_checkin' then r.status = 'approved' and new.check_in <> old.check_in
        else t.asks #>> '{scheduled_for,within}' = 'stay'
             and (r.scheduled_for at time zone p.time_zone)::date not between new.check_in and new.check_out
      end
    order by r.id
    for no key update of r
  loop
    perform app.end_request(v_request, 'expire', 'stay_dates_changed');
    perform app.notify_guest(
      new.id, 'request_cancelled',
      app.request_variables(v_request)
        || '{"reason": {"en": "the days of your stay have changed", "es": "han cambiado los días de su estancia"}}',
      v_request.id, 'request_cancelled:' || v_request.id);
  end loop;
  return null;
end
$$;

comment on function app.tg_bookings__requests_follow_dates() is
  'Calls for days outside the new dates expire; so does an hour agreed for a day of arrival or departure that is another now, which nobody is charged for. The guest is told. Meals: orders_follow_stay.';

create or replace trigger bookings__requests_follow_dates
  after update of check_in, check_out on public.bookings
  for each row when ((new.check_in, new.check_out) is distinct from (old.check_in, old.check_out)
                     and new.status in ('pending', 'confirmed') and new.checkin_status <> 'CHECKED_OUT')
  execute function app.tg_bookings__requests_follow_dates();
