-- payment_remainder: what of a payment can still be given back, captured or applied.
create or replace function app.payment_remainder(p_payment_id uuid)
returns numeric
language sql
stable
set search_path = ''
as $$
  select y.amount - coalesce((
           select sum(o.amount) from public.payments as o where o.tenant_id = y.tenant_id and o.of_id = y.id), 0)
  from public.payments as y
  where y.tenant_id = app.tenant_id() and y.id = p_payment_id and y.kind in ('payment', 'capture', 'deposit')
$$;

comment on function app.payment_remainder(uuid) is
  'Of a payment or capture: taken less refunded and voided. Of a deposit: received less applied and given back. Null for anything else.';
