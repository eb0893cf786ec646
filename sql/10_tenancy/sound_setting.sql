-- sound_setting: a setting's value as it is kept, null when it cannot be meant.
create or replace function app.sound_setting(p_kind text, p_lowest integer, p_highest integer, p_value jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  c_from constant text := '^([01][0-9]|2[0-3]):[0-5][0-9]$';
  c_until constant text := '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$';
begin
  return case
    when p_kind = 'boolean' and jsonb_typeof(p_value) = 'boolean' then p_value
    when p_kind = 'integer' and jsonb_typeof(p_value) = 'number' then (
      select to_jsonb(trim_scale(n.number))
      from (select (p_value #>> '{}')::numeric as number) as n
      where n.number between p_lowest and p_highest and n.number % 1 = 0)
    when p_kind = 'text' and jsonb_typeof(p_value) = 'string' and p_value #>> '{}' !~ '[[:cntrl:]]'
         and length(btrim(p_value #>> '{}')) between p_lowest and p_highest then to_jsonb(btrim(p_value #>> '{}'))
    when p_kind = 'time' and p_value #>> '{}' ~ c_from then p_value
    when p_kind = 'hours' and jsonb_typeof(p_value) = 'object' then (
      select jsonb_build_object('from', h.opens, 'until', h.closes)
      from (select p_value ->> 'from' as opens, p_value ->> 'until' as closes, p_value - array['from', 'until'] as more) as h
      where h.opens ~ c_from and h.closes ~ c_until and h.opens <> h.closes and h.more = '{}')
  end;
end
$$;

comment on function app.sound_setting(text, integer, integer, jsonb) is
  'Booleans, whole numbers and texts on one line within bounds, a time HH:MM, and hours {from, until} as HH:MM, until 24:00 at most; anything else is null.';
