-- confirmation_variables: what a mail that confirms a booking says.
create or replace function app.confirmation_variables(p_booking_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'check_in', b.check_in, 'check_in_time', to_char(p.check_in_time, 'HH24:MI'),
    'check_out', b.check_out, 'check_out_time', to_char(p.check_out_time, 'HH24:MI'),
    'nights', b.nights, 'adults', b.adults, 'room_type', t.name, 'property_phone', p.phone,
    'booking_reference', app.booking_reference(b.id),
    'total', case when coalesce(b.total_price, b.nightly_rate) is not null then jsonb_build_object(
      'amount', coalesce(b.total_price, b.nightly_rate * b.nights), 'currency', b.currency) end)
  from public.bookings as b
  join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
  join public.room_types as t on t.tenant_id = b.tenant_id and t.id = b.room_type_id
  where b.tenant_id = app.tenant_id() and b.id = p_booking_id
$$;

comment on function app.confirmation_variables(uuid) is
  'Dates, times, room type and price of a booking as variables of a message; an amount is {amount, currency}.';
