-- portal_folio: the guest's charges.
create or replace view api.portal_folio
with (security_invoker = true) as
select c.id, app.label(c.description) as description, c.category, c.quantity, c.unit_price, c.net, c.tax_total, c.gross, c.currency,
       (select coalesce(jsonb_agg(jsonb_build_object('code', t.code, 'name', t.name, 'rate', t.rate, 'amount', t.amount) order by t.code), '[]')
        from public.charge_taxes as t where t.tenant_id = c.tenant_id and t.charge_id = c.id) as taxes,
       c.business_on, c.posted_at,
       (select r.number from portal.requests as r where r.tenant_id = c.tenant_id and r.id = c.request_id) as request_number,
       c.reverses_id is not null as is_reversal
from public.charges as c
join public.folios as f on f.tenant_id = c.tenant_id and f.id = c.folio_id
where f.booking_id = (select app.booking_id());

comment on view api.portal_folio is 'Lines of the guest''s own folio with their taxes; empty until the session is identified.';
grant select on api.portal_folio to guest;
