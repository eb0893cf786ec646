-- copy_to_beds24: money that settles a folio is copied, money given back as a payment below nothing.
-- A deposit is copied when it is applied; a card's hold is no payment.
create or replace function app.tg_payments__copy_to_beds24()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if new.settles <> 0 then
    perform app.copy_to_beds24(new.folio_id, 'payment', new.id, initcap(replace(new.kind, '_', ' ')) || ', ' || new.method, 1, new.settles);
  end if;
  return null;
end
$$;

comment on function app.tg_payments__copy_to_beds24() is 'Queues the copy of a payment for Beds24, with its cause.';

create or replace trigger copy_to_beds24
  after insert on public.payments
  for each row execute function app.tg_payments__copy_to_beds24();
