-- cleaning_wish: what was asked of cleaning, read and bounded.
-- refuses:  field_unknown, cleaning_wish_empty, cleaning_wish_invalid, cleaning_time_closed
create or replace function app.cleaning_wish(p_wish jsonb, p_property_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_hours jsonb := app.cleaning_times(p_property_id);
  v_key text;
begin
  perform app.refuse_unknown_fields(p_wish, 'cleaning wish', array['daily', 'time', 'do_not_disturb_today', 'skip_today']);
  if p_wish = '{}' then
    raise exception 'Say what should change.' using errcode = 'PT422', detail = 'cleaning_wish_empty', hint = 'daily, time, do_not_disturb_today or skip_today.';
  end if;
  foreach v_key in array array['daily', 'do_not_disturb_today', 'skip_today'] loop
    if p_wish ? v_key and jsonb_typeof(p_wish -> v_key) <> 'boolean' then
      raise exception '"%" is yes or no.', app.printed(v_key) using errcode = 'PT422', detail = 'cleaning_wish_invalid', hint = v_key;
    end if;
  end loop;
  if coalesce(p_wish ->> 'time', '08:00') !~ '^([01][0-9]|2[0-3]):[0-5][0-9]$' then
    raise exception 'The time is written HH:MM.' using errcode = 'PT422', detail = 'cleaning_wish_invalid', hint = 'time';
  elsif (case when (v_hours ->> 'from')::time <= (v_hours ->> 'until')::time
               then (p_wish ->> 'time')::time not between (v_hours ->> 'from')::time and (v_hours ->> 'until')::time
             -- over midnight
             else (p_wish ->> 'time')::time > (v_hours ->> 'until')::time and (p_wish ->> 'time')::time < (v_hours ->> 'from')::time end) then
    raise exception 'Rooms are cleaned between % and %.', app.printed(v_hours ->> 'from'), app.printed(v_hours ->> 'until')
      using errcode = 'PT409', detail = 'cleaning_time_closed', hint = 'Choose a time in between.';
  end if;
  return p_wish;
end
$$;

comment on function app.cleaning_wish(jsonb, uuid) is 'Booleans are booleans; time HH:MM within the property''s setting cleaning_hours, or null for the property''s own.';
