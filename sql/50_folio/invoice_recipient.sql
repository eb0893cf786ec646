-- invoice_recipient: to whom a bill is written, and for which stay, as things are now.
create or replace function app.invoice_recipient(p_folio_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'name', coalesce(f.payer_name, b.guest_name),
    'details', case when f.payer_name is null then nullif(btrim(g.address), '') else f.payer_details end,
    'stay', jsonb_build_object('guest_name', b.guest_name, 'room_number', m.room_number, 'check_in', b.check_in,
                               'check_out', coalesce(b.checked_out_on, b.check_out)))
  from public.folios as f
  join public.bookings as b on b.tenant_id = f.tenant_id and b.id = f.booking_id
  join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
  left join public.rooms as m on m.tenant_id = b.tenant_id and m.id = b.room_id
  where f.tenant_id = app.tenant_id() and f.id = p_folio_id
$$;

comment on function app.invoice_recipient(uuid) is
  '{name, details, stay: {guest_name, room_number, check_in, check_out}}: the payer with what is to be printed below the name, on the first bill the guest with the address that the hotel knows. An invoice keeps it from its issue on.';
