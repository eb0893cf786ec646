-- typed_variables: values in the words that a template's declared types ask for.
create or replace function app.typed_variables(p_declared jsonb, p_values jsonb, p_language text, p_time_zone text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return p_values || coalesce((
    select jsonb_object_agg(d.name, case
      when d.type = 'date' and d.said ~ '^\d{4}-\d{2}-\d{2}$' then app.date_text(d.said::date, p_language)
      when d.type = 'moment' and d.said ~ '^\d{4}-\d{2}-\d{2}[T ]' then app.moment_text(d.said::timestamptz, p_time_zone, p_language)
      when d.type = 'time' and d.said ~ '^\d{2}:\d{2}:\d{2}' then left(d.said, 5)
      else d.said end)
    from (
      select v ->> 'name' as name, v ->> 'type' as type, p_values ->> (v ->> 'name') as said
      from jsonb_array_elements(coalesce(p_declared, '[]')) as v
      where jsonb_typeof(p_values -> (v ->> 'name')) = 'string') as d
    where d.type in ('date', 'moment', 'time')), '{}');
end
$$;

comment on function app.typed_variables(jsonb, jsonb, text, text) is
  'A template''s {name, type} decide how a value is written: date 2026-04-24, moment 2026-04-24T09:00:00Z and time 10:00:00 in the guest''s words and the place''s time; what is in words already stays.';
