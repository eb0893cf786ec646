-- Guests in house who want their room cleaned every day: bench.each more in every house, each in a room of their own.

create temporary table new_stays on commit drop as
select p.tenant_id, p.id as property_id, y.id as room_type_id, n as number, app.new_id() as room_id
from public.tenants as t
join public.properties as p on p.tenant_id = t.id
join public.room_types as y on y.tenant_id = t.id
cross join generate_series(1, current_setting('bench.each')::integer) as n
where t.slug like 'house-%';

insert into public.rooms (tenant_id, id, property_id, room_type_id, room_number, floor, occupancy)
select s.tenant_id, s.room_id, s.property_id, s.room_type_id, format('B%s-%s', current_setting('bench.batch'), s.number), 'B', 'occupied'
from new_stays as s;

insert into public.bookings (tenant_id, property_id, guest_id, guest_name, room_type_id, room_id, check_in, check_out, status, checkin_status,
                             currency, confirmed_at, checked_in_at, auto_daily_cleaning)
select s.tenant_id, s.property_id, g.id, g.first_name || ' ' || g.last_name, s.room_type_id, s.room_id,
       current_date - 3, current_date + 9, 'confirmed', 'CHECKED_IN', 'PKR', now() - interval '9 days', now() - interval '3 days', true
from new_stays as s
join lateral (select x.* from public.guests as x where x.tenant_id = s.tenant_id order by x.id limit 1) as g on true;

-- a minute ago it was time, and nothing has run
delete from app.job_runs as r where r.job = 'daily_cleaning';
delete from housekeeping.daily_cron_log as d;
delete from portal.request_status_history as h using portal.requests as r where r.tenant_id = h.tenant_id and r.id = h.request_id and r.source = 'daily_cron';
delete from portal.requests as r where r.source = 'daily_cron';
insert into app.job_plans as p (tenant_id, property_id, job, at_time, is_on, next_at)
select p.tenant_id, p.id, 'daily_cleaning', (date_trunc('minute', now()) at time zone p.time_zone)::time, true, now()
from public.tenants as t
join public.properties as p on p.tenant_id = t.id
where t.slug like 'house-%'
on conflict (tenant_id, property_id, job, variant) do update set at_time = excluded.at_time, is_on = true, next_at = excluded.next_at;
