-- daily_cron_log: written by the job; whoever works on requests of the property sees why a room is not on the list.
select app.isolate_tenant('housekeeping.daily_cron_log');

drop policy if exists members_read on housekeeping.daily_cron_log;
create policy members_read on housekeeping.daily_cron_log for select to staff, admin
  using ((select app.can('hotel:requests:read')) and ((select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));

grant select, insert on housekeeping.daily_cron_log to engine;
grant select on housekeeping.daily_cron_log to staff, admin;
-- no insert, update, delete: the job only
