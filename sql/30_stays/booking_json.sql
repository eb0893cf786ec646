-- booking_json: a booking as commands answer it.
create or replace function app.booking_json(p_booking_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', b.id, 'property_id', b.property_id, 'property_code', p.code,
    'guest_id', b.guest_id, 'guest_name', b.guest_name,
    'room_type_id', b.room_type_id, 'room_type_code', t.code, 'room_id', b.room_id, 'room_number', r.room_number,
    'check_in', b.check_in, 'check_out', b.check_out,
    'check_in_time', to_char(coalesce(b.agreed_check_in_time, p.check_in_time), 'HH24:MI'),
    'check_out_time', to_char(coalesce(b.agreed_check_out_time, p.check_out_time), 'HH24:MI'), 'nights', b.nights, 'adults', b.adults, 'children', b.children,
    'status', b.status, 'checkin_status', b.checkin_status,
    'state', app.stay_state(b.status, b.checkin_status, b.check_in, b.check_out, app.today_in(p.time_zone)),
    'total_price', b.total_price, 'nightly_rate', b.nightly_rate, 'currency', b.currency, 'payment_ref', b.payment_ref, 'session_id', b.session_id,
    'confirmed_at', b.confirmed_at, 'checked_in_at', b.checked_in_at, 'checked_out_at', b.checked_out_at,
    'checked_out_on', b.checked_out_on, 'cancelled_at', b.cancelled_at, 'cancel_reason', b.cancel_reason)
    || case
      when app.session_role() in ('staff', 'admin') and app.can('hotel:bookings:read')
      then jsonb_build_object('code', (
        select c.code from portal.codes as c where c.tenant_id = b.tenant_id and c.booking_id = b.id))
      else '{}'
    end
  from public.bookings as b
  join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
  join public.room_types as t on t.tenant_id = b.tenant_id and t.id = b.room_type_id
  left join public.rooms as r on r.tenant_id = b.tenant_id and r.id = b.room_id
  where b.tenant_id = app.tenant_id()
    and b.id = p_booking_id
$$;

comment on function app.booking_json(uuid) is 'The booking with its room and state; the portal code only for members who may read bookings.';
