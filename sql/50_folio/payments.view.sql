-- payments: money of folios as it came and went.
create or replace view api.payments
with (security_invoker = true) as
select y.id, y.folio_id, f.booking_id, f.property_id, y.kind, y.method, y.amount, y.currency, y.settles, y.held, y.of_id, y.reference, y.reason,
       y.business_on, y.taken_by, y.taken_by_name, y.taken_at,
       case
         when y.kind in ('payment', 'capture', 'deposit') then y.amount - coalesce(s.amount, 0)
         when y.kind = 'authorisation' then case when s.amount is null then y.amount else 0 end
       end as remainder
from public.payments as y
join public.folios as f on f.tenant_id = y.tenant_id and f.id = y.folio_id
cross join lateral (
  select sum(o.amount) as amount from public.payments as o where o.tenant_id = y.tenant_id and o.of_id = y.id) as s;

comment on view api.payments is
  'Payments, refunds and deposits with who took them. settles: by how much the folio owes less; held: by how much more the hotel holds; remainder: what can still be refunded, captured or applied.';
grant select on api.payments to staff, admin;
