-- portal_folio: the guest's charges, each with what was owed after it.
create or replace view api.portal_folio
with (security_invoker = true) as
select c.id, app.label(c.description) as description, c.category, c.quantity, c.unit_price, c.net, c.tax_total, c.gross, c.currency,
       (select coalesce(jsonb_agg(jsonb_build_object('code', t.code, 'name', t.name, 'rate', t.rate, 'amount', t.amount) order by t.code), '[]')
        from public.charge_taxes as t where t.tenant_id = c.tenant_id and t.charge_id = c.id) as taxes,
       c.business_on, c.posted_at,
       (select r.number from portal.requests as r where r.tenant_id = c.tenant_id and r.id = c.request_id) as request_number,
       c.reverses_id is not null as is_reversal,
       sum(c.gross) over (order by c.posted_at, c.id) - coalesce(p.paid, 0) as balance
from public.folios as f
join public.charges as c on c.tenant_id = f.tenant_id and c.folio_id = f.id
cross join lateral (
  select array_agg(y.taken_at order by y.taken_at, y.id) as instants, array_agg(y.settled order by y.taken_at, y.id) as settled
  from (
    select o.id, o.taken_at, sum(o.settles) over (order by o.taken_at, o.id) as settled
    from public.payments as o
    where o.tenant_id = f.tenant_id and o.folio_id = f.id) as y) as s
cross join lateral (
  select s.settled[i.place] as paid
  from (select count(*)::integer as place from unnest(s.instants) as u (instant) where u.instant <= c.posted_at) as i) as p
where f.booking_id = (select app.booking_id());

comment on view api.portal_folio is
  'Lines of the guest''s own folio with their taxes; balance: what was owed after each, payments until then subtracted. Empty until the session is identified.';
grant select on api.portal_folio to guest;
