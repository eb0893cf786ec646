-- Tenants house-003 … house-<n>: a property, rooms, guests in house and guests of the past, and who works there.
-- How many is in the transaction's setting bench.tenants; the demo's two hotels are the first two of them.

create temporary table new_houses on commit drop as
select k as number, lpad(k::text, 3, '0') as tail, app.new_id() as tenant_id, app.new_id() as property_id,
       app.new_id() as room_type_id, app.new_id() as user_id
from generate_series(3, current_setting('bench.tenants')::integer) as k;

insert into public.tenants (id, slug, hotel_name)
select h.tenant_id, 'house-' || h.tail, 'House ' || h.number from new_houses as h;

insert into identity.users (id, email)
select h.user_id, format('reception@house-%s.example', h.tail) from new_houses as h;

insert into identity.memberships (tenant_id, user_id, display_name, session_type)
select h.tenant_id, h.user_id, 'Reception ' || h.number, 'staff' from new_houses as h;

insert into public.properties (tenant_id, id, code, name, time_zone, country, currency, tax_mode, is_default)
select h.tenant_id, h.property_id, 'H' || h.tail, 'House ' || h.number, 'Asia/Karachi', 'PK', 'PKR', 'inclusive', true
from new_houses as h;

insert into public.tax_codes (tenant_id, property_id, code, name, rate, categories)
select h.tenant_id, h.property_id, c.code, c.name, c.rate, c.categories
from new_houses as h
cross join (select t.code, t.name, t.rate, t.categories
            from public.tax_codes as t
            join public.properties as p on p.tenant_id = t.tenant_id and p.id = t.property_id
            where p.code = 'FSL') as c;

insert into public.room_types (tenant_id, id, property_id, code, name, price, currency)
select h.tenant_id, h.room_type_id, h.property_id, 'STANDARD', 'Standard', 9000, 'PKR' from new_houses as h;

insert into public.rooms (tenant_id, property_id, room_type_id, room_number, floor, occupancy)
select h.tenant_id, h.property_id, h.room_type_id, (100 * (1 + n / 10) + n % 10)::text, (1 + n / 10)::text, 'occupied'
from new_houses as h
cross join generate_series(0, 19) as n;

-- twenty in house, the others of the past year; phones of the range kept for fiction
insert into public.guests (tenant_id, first_name, last_name, phone)
select h.tenant_id, 'Guest', 'Number ' || n, '+120255501' || lpad((n % 100)::text, 2, '0')
from new_houses as h
cross join generate_series(1, 220) as n;

insert into public.bookings (tenant_id, property_id, guest_id, guest_name, room_type_id, room_id, check_in, check_out, status, checkin_status,
                             currency, confirmed_at, checked_in_at, checked_out_at, checked_out_on)
select h.tenant_id, h.property_id, g.id, g.first_name || ' ' || g.last_name, h.room_type_id, r.id,
       current_date - d.days_ago, current_date - d.days_ago + 4, 'confirmed', case when g.number <= 20 then 'CHECKED_IN' else 'CHECKED_OUT' end,
       'PKR', now() - make_interval(days => d.days_ago + 9), now() - make_interval(days => d.days_ago),
       case when g.number > 20 then now() - make_interval(days => d.days_ago - 4) end,
       case when g.number > 20 then current_date - d.days_ago + 4 end
from new_houses as h
join (select x.*, row_number() over (partition by x.tenant_id order by x.id) as number from public.guests as x) as g on g.tenant_id = h.tenant_id
join (select x.*, row_number() over (partition by x.tenant_id order by x.room_number) as number from public.rooms as x) as r
  on r.tenant_id = h.tenant_id and r.number = 1 + g.number % 20
cross join lateral (select case when g.number <= 20 then 1 else 20 + (g.number * 7) % 340 end::integer as days_ago) as d;
