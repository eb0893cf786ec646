-- daily_cron_log: what daily cleaning decided, and why not.
create or replace view api.daily_cron_log
with (security_invoker = true) as
select l.id, l.property_id, p.code as property_code, l.booking_id, b.guest_name, m.room_number, l.on_date, l.decision, l.reason, l.request_id, l.decided_at
from housekeeping.daily_cron_log as l
join public.properties as p on p.tenant_id = l.tenant_id and p.id = l.property_id
left join public.bookings as b on b.tenant_id = l.tenant_id and b.id = l.booking_id
left join public.rooms as m on m.tenant_id = l.tenant_id and m.id = l.room_id;

comment on view api.daily_cron_log is 'A row a booking and day: decision planned (request_id) or skipped (reason guest_said_skip, do_not_disturb, arrival_day, departure_day, cleaned_already, planned_already).';
grant select on api.daily_cron_log to staff, admin;
