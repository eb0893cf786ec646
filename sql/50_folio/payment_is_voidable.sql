-- payment_is_voidable: whether a payment can be as if it had never been.
create or replace function app.payment_is_voidable(p_payment public.payments, p_property_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select p_payment.kind = 'authorisation'
      or p_payment.kind = 'payment' and p_payment.method = 'cash'
         and p_payment.taken_by is not distinct from app.actor_id()
         and p_payment.business_on = app.business_date(p_property_id)
$$;

comment on function app.payment_is_voidable(public.payments, uuid) is
  'A hold on a card; or cash of the same shift: the drawer of whoever took it, on the same business date.';
