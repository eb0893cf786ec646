-- request_lines: what was ordered.
create or replace view api.request_lines
with (security_invoker = true) as
select l.id, l.request_id, l.line_number, l.sku, app.label(l.name) as name, l.quantity, l.unit_price, l.quantity * l.unit_price as total,
       l.currency, l.taxes, l.is_complimentary
from portal.request_lines as l;

comment on view api.request_lines is 'Lines of requests with price and taxes as they were.';
grant select on api.request_lines to staff, admin;
