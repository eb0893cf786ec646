-- tg_folios__invoice_stays: an invoice keeps its number, date and issuer, and is never deleted.
-- refuses:  postings_are_never_changed
create or replace function app.tg_folios__invoice_stays()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  raise exception 'An invoice is never changed.'
    using errcode = 'PT409', detail = 'postings_are_never_changed', hint = 'What was issued stays; a new bill corrects it.';
end
$$;

comment on function app.tg_folios__invoice_stays() is 'Refuses to delete or renumber what has been issued, the superuser''s wish too: a series has no gap.';

create or replace trigger invoice_stays_on_update
  before update on public.folios
  for each row
  when (old.invoice_serial is not null
        and (new.invoice_serial, new.invoice_number, new.invoiced_on, new.issuer, new.property_id)
            is distinct from (old.invoice_serial, old.invoice_number, old.invoiced_on, old.issuer, old.property_id))
  execute function app.tg_folios__invoice_stays();

create or replace trigger invoice_stays_on_delete
  before delete on public.folios
  for each row when (old.invoice_serial is not null)
  execute function app.tg_folios__invoice_stays();
