-- has_outlived_stay: whether a request waits for a guest who is gone.
create or replace function app.has_outlived_stay(p_request portal.requests, p_booking public.bookings, p_today date)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  v_state text := app.stay_state(p_booking.status, p_booking.checkin_status, p_booking.check_in, p_booking.check_out, p_today);
  v_feature text;
begin
  select t.feature into v_feature
  from portal.request_types as t
  where t.tenant_id = p_request.tenant_id and t.id = p_request.request_type_id;

  -- what a guest said after leaving is the manager's to end
  if p_request.details ? 'feedback_id' then
    return false;
  end if;
  -- staff's own work is theirs to end, and a repair stays with the room that needs it
  if v_feature is null or (p_request.type_slug = 'maintenance' and p_request.room_id is not null) then
    return false;
  elsif v_state is null then
    return p_booking.status not in ('draft', 'pending');
  elsif not app.code_is_alive(p_booking.checkin_status, p_booking.check_out, p_booking.checked_out_on, p_today) then
    return true;
  end if;
  -- from the day after check-out also what nobody works on and no guest could ask for any more: a call to wake, a wish not decided
  return v_state = 'post_checkout'
    and p_booking.checked_out_on < p_today
    and p_request.phase in ('open', 'waiting')
    and not exists (
      select from portal.feature_windows as w
      where w.tenant_id = p_request.tenant_id and w.property_id = p_request.property_id
        and w.feature = v_feature and w.stay_state = v_state and w.is_open);
end
$$;

comment on function app.has_outlived_stay(portal.requests, public.bookings, date) is
  'On a date of the property: the guest never came, or the code is dead, or the guest left on an earlier day and what is open or waits cannot be asked for after check-out. Staff''s own work and repairs of a room outlive any stay.';
