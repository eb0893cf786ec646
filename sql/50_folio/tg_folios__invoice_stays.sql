-- tg_folios__invoice_stays: an invoice keeps its number, date, issuer and recipient, and is never deleted.
-- refuses:  postings_are_never_changed
create or replace function app.tg_folios__invoice_stays()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  -- the recipient goes when the property has kept the invoice for as long as it keeps them, and nothing else ever does
  if tg_op = 'UPDATE' and new.recipient = '{}' and app.tenant_id() = old.tenant_id
     and old.invoiced_on < (app.now() - make_interval(days => app.retention_days(old.property_id, 'invoices')))::date
     and (new.invoice_serial, new.invoice_number, new.invoiced_on, new.issuer, new.property_id, new.payer_details)
         is not distinct from (old.invoice_serial, old.invoice_number, old.invoiced_on, old.issuer, old.property_id, null::text) then
    return new;
  end if;
  raise exception 'An invoice is never changed.'
    using errcode = 'PT409', detail = 'postings_are_never_changed', hint = 'What was issued stays; a new bill corrects it.';
end
$$;

comment on function app.tg_folios__invoice_stays() is
  'Refuses to delete, renumber or readdress what has been issued, the superuser''s wish too: a series has no gap, and a reprint says what the first print said. Let through: that to whom it went is forgotten once its time is over.';

create or replace trigger invoice_stays_on_update
  before update on public.folios
  for each row
  when (old.invoice_serial is not null
        and (new.invoice_serial, new.invoice_number, new.invoiced_on, new.issuer, new.recipient, new.payer_name, new.payer_details, new.property_id)
            is distinct from (old.invoice_serial, old.invoice_number, old.invoiced_on, old.issuer, old.recipient, old.payer_name, old.payer_details, old.property_id))
  execute function app.tg_folios__invoice_stays();

create or replace trigger invoice_stays_on_delete
  before delete on public.folios
  for each row when (old.invoice_serial is not null)
  execute function app.tg_folios__invoice_stays();
