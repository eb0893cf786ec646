-- request_lines: what was ordered.
create or replace view api.request_lines
with (security_invoker = true) as
select l.id, l.request_id, l.line_number, l.sku, app.label(l.name) as name, l.quantity, l.unit_price, l.quantity * l.unit_price as total,
       l.currency, app.tax_amounts(l.quantity * l.unit_price, l.taxes, r.tax_mode, l.currency) as taxes, l.is_complimentary
from portal.request_lines as l
join portal.requests as r on r.tenant_id = l.tenant_id and r.id = l.request_id
union all
select l.id, o.request_id, l.line_number, null, app.label(app.name_with_choices(l.name, l.choices)), l.quantity, l.unit_price, l.quantity * l.unit_price,
       r.currency, app.tax_amounts(l.quantity * l.unit_price, o.taxes, r.tax_mode, r.currency), false
from service_menus.orders as o
join service_menus.order_items as l on l.tenant_id = o.tenant_id and l.order_id = o.id and l.revision = o.revision
join portal.requests as r on r.tenant_id = o.tenant_id and r.id = o.request_id;

comment on view api.request_lines is 'Lines of requests, menu orders among them (without sku, choices in the name), with price and taxes as they were: taxes [{code, name, rate, amount}], in the price or added to it by the request''s tax_mode.';
grant select on api.request_lines to staff, admin;
