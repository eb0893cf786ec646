-- portal_payments: what the guest has paid.
create or replace view api.portal_payments
with (security_invoker = true) as
select y.id, y.kind, y.method, y.amount, y.currency, y.settles, y.held, y.business_on, y.taken_at
from public.payments as y
join public.folios as f on f.tenant_id = y.tenant_id and f.id = y.folio_id
where f.booking_id = (select app.booking_id());

comment on view api.portal_payments is
  'Payments, refunds and deposits of the guest''s own folio; empty until the session is identified. settles: by how much less is owed; held: by how much more is kept as a deposit.';
grant select on api.portal_payments to guest;
