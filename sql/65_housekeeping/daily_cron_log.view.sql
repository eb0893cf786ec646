-- daily_cron_log: what daily cleaning decided, and why not.
create or replace view api.daily_cron_log
with (security_invoker = true) as
select l.id, l.property_id, p.code as property_code, l.booking_id,
  coalesce(b.guest_name, (select g.first_name || ' ' || g.last_name from public.guests as g where g.tenant_id = r.tenant_id and g.id = r.guest_id)) as guest_name,
  m.room_number, l.on_date, l.decision, l.reason, l.request_id, l.decided_at,
  r.number as request_number, r.phase as request_phase,
  (select app.label(v.workflow -> 'statuses' -> r.status -> 'label')
   from portal.workflow_versions as v where v.tenant_id = r.tenant_id and v.id = r.workflow_version_id) as request_status
from housekeeping.daily_cron_log as l
join public.properties as p on p.tenant_id = l.tenant_id and p.id = l.property_id
left join public.bookings as b on b.tenant_id = l.tenant_id and b.id = l.booking_id
left join public.rooms as m on m.tenant_id = l.tenant_id and m.id = l.room_id
left join portal.requests as r on r.tenant_id = l.tenant_id and r.id = l.request_id;

comment on view api.daily_cron_log is 'A row a booking and day: decision planned (request_id) or skipped (reason guest_said_skip, do_not_disturb, arrival_day, departure_day, cleaned_already, planned_already). Of the request: its number, phase, and status in the viewer''s language.';
grant select on api.daily_cron_log to staff, admin;
