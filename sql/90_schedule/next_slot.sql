-- next_slot: when a job is due next at a place, a day that it has had already left out.
create or replace function app.next_slot(p_time_zone text, p_at_time time, p_every interval, p_done_slot timestamptz default null)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select case
    when p_every is not null then app.latest_slot(p_time_zone, null, p_every) + p_every
    else (
      select min(s.slot)
      from generate_series(0, 2) as d (days)
      cross join lateral (select (app.today_in(p_time_zone) + d.days + p_at_time) at time zone p_time_zone as slot) as s
      where s.slot > app.now()
        and (p_done_slot is null or (p_done_slot at time zone p_time_zone)::date < app.today_in(p_time_zone) + d.days))
  end
$$;

comment on function app.next_slot(text, time, interval, timestamptz) is
  'The first instant after app.now() at which the job is due. p_done_slot: its last slot, whose local day is not had again when the property moves the time.';
