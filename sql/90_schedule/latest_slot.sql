-- latest_slot: when a daily job was last due at a place.
create or replace function app.latest_slot(p_time_zone text, p_time time)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select (d.day + p_time - case when d.day + p_time > d.here then interval '1 day' else '0' end) at time zone p_time_zone
  from (select app.now() at time zone p_time_zone as here, date_trunc('day', app.now() at time zone p_time_zone) as day) as d
$$;

comment on function app.latest_slot(text, time) is
  'The latest instant at which it was p_time in a zone: what app.job_runs keeps as the slot, so that a tick that comes late or twice changes nothing.';
