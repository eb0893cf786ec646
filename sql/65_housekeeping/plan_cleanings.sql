-- plan_cleanings: a day's decision for many bookings at once.
-- may:      called by daily_cleaning, which holds the bookings
-- refuses:  nothing
-- then:     a row of daily_cron_log each, and a request where nothing speaks against it
create or replace function app.plan_cleanings(p_property public.properties, p_bookings public.bookings[], p_on date)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_type portal.request_types;
  v_usual_time time := (app.cleaning_times(p_property.id) ->> 'house')::time;
  v_cleaned uuid[];
  v_listed uuid[];
  v_decided jsonb;
  v_title jsonb;
  v_now timestamptz := app.now();
  v_count integer;
  v_last integer;
begin
  select t.* into v_type from portal.request_types as t where t.tenant_id = p_property.tenant_id and t.slug = 'cleaning';
  -- asked once for all of them
  v_cleaned := array(
    select r.room_id from portal.requests as r
    where r.tenant_id = p_property.tenant_id and r.room_id in (select b.room_id from unnest(p_bookings) as b) and r.type_slug = 'cleaning'
      and r.closed_at >= p_on::timestamp at time zone p_property.time_zone and r.closed_at < (p_on + 1)::timestamp at time zone p_property.time_zone
      and r.outcome = 'success');
  v_listed := array(
    select r.booking_id from portal.requests as r
    where r.tenant_id = p_property.tenant_id and r.booking_id in (select b.id from unnest(p_bookings) as b) and r.type_slug = 'cleaning'
      and r.phase <> 'closed' and r.subtype in ('one_off', 'daily_clean', 'deep_clean'));
  select coalesce(jsonb_agg(jsonb_build_object(
      'booking_id', b.id, 'room_id', b.room_id, 'id', app.new_id(),
      'reason', app.why_not_cleaned(b, p_on, p_property.time_zone, b.room_id = any (v_cleaned), b.id = any (v_listed)))), '[]')
  into v_decided
  from unnest(p_bookings) as b;
  select count(*) filter (where d ->> 'reason' is null) into v_count from jsonb_array_elements(v_decided) as d;

  if v_count > 0 then
    v_title := app.title_of_request('{"subtype": "daily_clean"}', v_type, '{"lines": []}');
    insert into portal.number_counters as c (tenant_id, property_id, last_number)
    values (p_property.tenant_id, p_property.id, 1000 + v_count)
    on conflict (tenant_id, property_id) do update set last_number = c.last_number + v_count
    returning c.last_number into v_last;
    insert into portal.requests (
      tenant_id, id, property_id, number, request_type_id, workflow_version_id, type_slug, subtype, booking_id, guest_id, room_id, title, status, phase,
      scheduled_for, currency, tax_mode, source, created_at, updated_at)
    select
      p_property.tenant_id, (d.value ->> 'id')::uuid, p_property.id, format('%s-%s', p_property.code, v_last - v_count + row_number() over (order by m.room_number)),
      v_type.id, v_type.current_version_id, 'cleaning', 'daily_clean', b.id, b.guest_id, b.room_id,
      v_title, 'new', 'open',
      (p_on + coalesce(b.cleaning_pref_time, v_usual_time)) at time zone p_property.time_zone,
      p_property.currency, p_property.tax_mode, 'daily_cron', v_now, v_now
    from jsonb_array_elements(v_decided) as d
    join unnest(p_bookings) as b on b.id = (d.value ->> 'booking_id')::uuid
    left join public.rooms as m on m.tenant_id = b.tenant_id and m.id = b.room_id
    where d.value ->> 'reason' is null;
  end if;
  insert into housekeeping.daily_cron_log (tenant_id, property_id, booking_id, room_id, on_date, decision, reason, request_id, decided_at)
  select p_property.tenant_id, p_property.id, (d ->> 'booking_id')::uuid, (d ->> 'room_id')::uuid, p_on,
         case when d ->> 'reason' is null then 'planned' else 'skipped' end, d ->> 'reason',
         case when d ->> 'reason' is null then (d ->> 'id')::uuid end, v_now
  from jsonb_array_elements(v_decided) as d;
  return v_count;
end
$$;

comment on function app.plan_cleanings(public.properties, public.bookings[], date) is
  'Inserts the requests in one statement, numbered in order of rooms; the workflow''s triggers give each its status, history and event. Returns how many are cleaned.';
