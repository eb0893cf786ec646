-- Hotels of one property each, until there are as many properties as the transaction's setting bench.properties says:
-- what a tick looks at. Undone by whoever laid them.

create temporary table new_hotels on commit drop as
select k as number, app.new_id() as tenant_id, app.new_id() as property_id
from generate_series((select count(*) from public.properties) + 1, current_setting('bench.properties')::bigint) as k;

insert into public.tenants (id, slug, hotel_name)
select h.tenant_id, 'hotel-' || h.number, 'Hotel ' || h.number from new_hotels as h;

insert into public.properties (tenant_id, id, code, name, time_zone, country, currency, tax_mode, is_default)
select h.tenant_id, h.property_id, 'T' || h.number, 'Hotel ' || h.number,
       (array['Asia/Karachi', 'Europe/Madrid', 'Pacific/Kiritimati', 'America/New_York'])[1 + h.number % 4], 'PK', 'PKR', 'inclusive', true
from new_hotels as h;

select app.plan_jobs(p) from public.properties as p join new_hotels as h on h.property_id = p.id;
