-- lock_payment: money that was taken, with its folio held until commit.
-- may:      called by commands
-- refuses:  payment_not_found, folio_not_found, folio_closed
-- then:     nobody else gives it back meanwhile
create or replace function app.lock_payment(p_payment_id uuid, p_kinds text[])
returns public.payments
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_payment public.payments;
begin
  select y.* into v_payment
  from public.payments as y
  join public.folios as f on f.tenant_id = y.tenant_id and f.id = y.folio_id
  where y.tenant_id = app.tenant_id() and y.id = p_payment_id and y.kind = any (p_kinds) and app.sees_property(f.property_id);
  if not found then
    raise exception 'There is no such payment.' using errcode = 'PT404', detail = 'payment_not_found';
  end if;
  -- deposits and holds on a card are no part of the bill: a closed one gives them back
  if v_payment.kind in ('deposit', 'authorisation') then
    perform app.lock_any_folio(v_payment.folio_id);
  else
    perform app.lock_folio(v_payment.folio_id);
  end if;
  return v_payment;
end
$$;

comment on function app.lock_payment(uuid, text[]) is
  'A payment of one of these kinds, its folio locked: every movement of it goes through that lock. The folio is open, but for a deposit or a hold. Another hotel''s is not found.';
