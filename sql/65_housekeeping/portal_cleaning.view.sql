-- portal_cleaning: what the guest wants of cleaning, one row while the portal shows it.
create or replace view api.portal_cleaning
with (security_invoker = true) as
select
  b.auto_daily_cleaning as daily, to_char(b.cleaning_pref_time, 'HH24:MI') as time, app.cleaning_times(b.property_id) as times,
  b.cleaning_dnd_today as do_not_disturb_today, b.cleaning_skip_on is not distinct from app.today_in(s.time_zone) as skip_today,
  (select jsonb_build_object('id', r.id, 'status_label', r.status_label, 'phase', r.phase, 'outcome', r.outcome, 'scheduled_for', r.scheduled_for)
   from api.portal_requests as r
   where r.type_slug = 'cleaning' and (r.created_at at time zone s.time_zone)::date = app.today_in(s.time_zone)
   order by r.created_at desc
   limit 1) as today
from api.portal_stay as s
join public.bookings as b on b.id = s.booking_id
where 'cleaning_preferences' = any (s.features);

comment on view api.portal_cleaning is 'Preferences of the guest''s own booking; times {house, from, until} are the property''s; today: the day''s cleaning if there is one.';
grant select on api.portal_cleaning to guest;
