-- latest_slot: when a job was last due at a place.
create or replace function app.latest_slot(p_time_zone text, p_at_time time, p_every interval)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select case
    when p_every is not null then date_bin(p_every, app.now(), timestamptz '2000-01-01 00:00+00')
    else (
      select max(s.slot)
      from generate_series(-1, 0) as d (days)
      cross join lateral (select (app.today_in(p_time_zone) + d.days + p_at_time) at time zone p_time_zone as slot) as s
      where s.slot <= app.now())
  end
$$;

comment on function app.latest_slot(text, time, interval) is
  'The latest instant at or before app.now() at which a daily job (p_at_time, local) or a recurring one (p_every) was due. Each local date has exactly one: a time that a clock change skips is that much later, one that it repeats is the second.';
