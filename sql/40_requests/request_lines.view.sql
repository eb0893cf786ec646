-- request_lines: what was ordered.
create or replace view api.request_lines
with (security_invoker = true) as
select l.id, l.request_id, l.line_number, l.sku, app.label(l.name) as name, l.quantity, l.unit_price, l.quantity * l.unit_price as total,
       l.currency, app.tax_amounts(l.quantity * l.unit_price, l.taxes, r.tax_mode, l.currency) as taxes, l.is_complimentary
from portal.request_lines as l
join portal.requests as r on r.tenant_id = l.tenant_id and r.id = l.request_id;

comment on view api.request_lines is 'Lines of requests with price and taxes as they were: taxes [{code, name, rate, amount}], in the price or added to it by the request''s tax_mode.';
grant select on api.request_lines to staff, admin;
