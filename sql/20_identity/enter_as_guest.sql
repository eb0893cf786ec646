-- enter_as_guest: the transaction acts for a guest from here on.
create or replace function app.enter_as_guest(p_tenant_id uuid, p_booking_id uuid, p_session_id uuid, p_level text)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_guest record;
begin
  perform set_config('app.tenant_id', p_tenant_id::text, true);
  select g.first_name || ' ' || g.last_name as name, g.language, b.property_id
  into v_guest
  from public.bookings as b
  join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
  join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
  where b.tenant_id = p_tenant_id
    and b.id = p_booking_id
    and g.erased_at is null
    and app.stay_state(b.status, b.checkin_status, b.check_in, b.check_out, app.today_in(p.time_zone)) is not null
    and app.code_is_alive(b.checkin_status, b.check_out, b.checked_out_on, app.today_in(p.time_zone));
  if not found then
    perform app.set_caller(p_tenant_id);
    return false;
  end if;
  perform app.set_caller(
    p_tenant_id, 'guest', p_booking_id, v_guest.name, p_session_id, p_booking_id, p_level,
    p_property_ids => array[v_guest.property_id], p_language => v_guest.language);
  return true;
end
$$;

comment on function app.enter_as_guest(uuid, uuid, uuid, text) is 'Sets tenant, booking, level and language of a guest for the transaction; false when the portal is not, or no longer, open for the booking.';
