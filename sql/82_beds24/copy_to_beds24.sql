-- copy_to_beds24: a line of a folio goes to the invoice that Beds24 keeps for the booking.
-- may:      called by the triggers on charges and payments
-- refuses:  nothing
-- then:     one row of the ledger; nothing for a booking that Beds24 does not know, or at a property that is not connected
-- No request is named: an action that is undone reverses its charge, and charge and reversal are both copied.
create or replace function app.copy_to_beds24(p_folio_id uuid, p_type text, p_line_id uuid, p_description text, p_quantity integer, p_amount numeric)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_key text := 'SB-' || right(replace(p_line_id::text, '-', ''), 16);
  v_place record;
begin
  select b.beds24_booking_id, f.property_id, f.booking_id, c.id as connection_id into v_place
  from public.folios as f
  join public.bookings as b on b.tenant_id = f.tenant_id and b.id = f.booking_id
  join notify.beds24_connections as c on c.tenant_id = f.tenant_id and c.property_id = f.property_id
  join notify.beds24_access as a on a.tenant_id = c.tenant_id and a.connection_id = c.id
  where f.tenant_id = app.tenant_id() and f.id = p_folio_id and b.beds24_booking_id is not null and a.state <> 'off';
  if found then
    perform app.queue_notification(
      'beds24', 'beds24_' || p_type, v_place.beds24_booking_id::text, 'beds24:' || p_type || ':' || p_line_id,
      jsonb_build_object('connection_id', v_place.connection_id, 'key', v_key, 'type', p_type,
                         'description', left(btrim(p_description), 100) || ' [' || v_key || ']', 'qty', p_quantity, 'amount', p_amount::text),
      null, 'en', v_place.property_id, v_place.booking_id);
  end if;
end
$$;

comment on function app.copy_to_beds24(uuid, text, uuid, text, integer, numeric) is
  'p_type is charge or payment; p_amount is of one piece, gross, in the folio''s currency. The description carries our key: Beds24 has none of its own, and a copy whose outcome is unknown is looked for by it.';
