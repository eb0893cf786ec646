/* pgmigrate-encoding: utf-8 */
-- An invoice keeps to whom it was issued, and for which stay, as it keeps who issued it.
alter table public.folios add column recipient jsonb;
comment on column public.folios.recipient is
  'To whom it was issued and for which stay, as it was then: {name, details, stay: {guest_name, room_number, check_in, check_out}}. A guest''s name stays in it after an erasure, for tax law wants an invoice whole until its time is over (retention class invoices): from then on {}. Null: not issued.';

-- What has been issued gets what its guest's row says today. The log does not hear of it: not yet told whose names these are, it would
-- keep them where nobody could forget them.
do $$
declare
  v_is_logged boolean := exists (select from pg_catalog.pg_trigger as t where t.tgrelid = 'public.folios'::regclass and t.tgname = 'record_change');
begin
  if v_is_logged then
    alter table public.folios disable trigger record_change;
  end if;
  update public.folios as f
  set recipient = jsonb_build_object(
    'name', coalesce(f.payer_name, b.guest_name),
    'details', case when f.payer_name is null then nullif(btrim(g.address), '') else f.payer_details end,
    'stay', jsonb_build_object('guest_name', b.guest_name, 'room_number', m.room_number, 'check_in', b.check_in,
                               'check_out', coalesce(b.checked_out_on, b.check_out)))
  from public.bookings as b
  join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
  left join public.rooms as m on m.tenant_id = b.tenant_id and m.id = b.room_id
  where b.tenant_id = f.tenant_id and b.id = f.booking_id and f.invoice_serial is not null;
  if v_is_logged then
    alter table public.folios enable trigger record_change;
  end if;
end
$$;

-- squawk-ignore ban-drop-constraint
alter table public.folios drop constraint an_invoice_is_issued_whole;
alter table public.folios
  add constraint an_invoice_is_issued_whole check (num_nonnulls(invoice_serial, invoice_number, invoiced_on, issuer, recipient) in (0, 5)) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table public.folios validate constraint an_invoice_is_issued_whole;
