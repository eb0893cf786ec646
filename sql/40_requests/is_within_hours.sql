-- is_within_hours: whether a service is open at a property's local time.
create or replace function app.is_within_hours(p_hours jsonb, p_property_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_hours is null then
    return true;
  end if;
  return (
    select case
      when (p_hours ->> 'from')::time <= (p_hours ->> 'until')::time
        then l.local_time >= (p_hours ->> 'from')::time and l.local_time < (p_hours ->> 'until')::time
      else l.local_time >= (p_hours ->> 'from')::time or l.local_time < (p_hours ->> 'until')::time
    end
    from (select (app.now() at time zone p.time_zone)::time as local_time
          from public.properties as p
          where p.tenant_id = app.tenant_id() and p.id = p_property_id) as l);
end
$$;

comment on function app.is_within_hours(jsonb, uuid) is 'Whether {from, until} (local times, may wrap midnight) holds now; null hours are always open.';
