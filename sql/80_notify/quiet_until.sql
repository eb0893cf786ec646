-- quiet_until: when the quiet hours end that a property is in.
create or replace function app.quiet_until(p_tenant_id uuid, p_property_id uuid, p_at timestamptz)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
  v_zone text;
  v_hours jsonb;
  v_local timestamp;
  v_from time;
  v_until time;
  v_end timestamptz;
begin
  select s.value, p.time_zone into v_hours, v_zone
  from public.properties as p
  join public.app_settings as s on s.tenant_id = p.tenant_id and s.key = 'quiet_hours' and (s.property_id = p.id or s.property_id is null)
  where p.tenant_id = p_tenant_id and p.id = p_property_id
  order by s.property_id is null
  limit 1;
  if coalesce(jsonb_typeof(v_hours), 'null') <> 'object' then
    return null;
  end if;

  v_local := p_at at time zone v_zone;
  v_from := (v_hours ->> 'from')::time;
  v_until := (v_hours ->> 'until')::time;
  if v_local::time >= v_from and (v_local::time < v_until or v_until <= v_from) then
    v_end := (v_local::date + case when v_until <= v_from then 1 else 0 end + v_until) at time zone v_zone;
  elsif v_local::time < v_until and v_until <= v_from then
    v_end := (v_local::date + v_until) at time zone v_zone;
  end if;
  return case when v_end > p_at then v_end end;
end
$$;

comment on function app.quiet_until(uuid, uuid, timestamptz) is
  'By the property''s setting quiet_hours, {from, until} in its local time, over midnight too; null: it is not quiet there, or has no quiet hours.';
