-- copy_feature_windows: each property of the tenant gets the default windows it lacks.
create or replace function app.copy_feature_windows()
returns void
language sql
volatile
set search_path = ''
as $$
  insert into portal.feature_windows (tenant_id, property_id, feature, stay_state, is_open)
  select p.tenant_id, p.id, r.key, s.state, r.data -> 'states' ? s.state
  from app.reference_data as r
  cross join public.properties as p
  cross join unnest(array['pre_checkin', 'arrival_day', 'in_house', 'departure_day', 'post_checkout']) as s (state)
  where r.kind = 'feature_windows'
    and p.tenant_id = app.tenant_id()
  on conflict (tenant_id, property_id, feature, stay_state) do nothing
$$;

comment on function app.copy_feature_windows() is 'Adds the default feature windows a property lacks; a property''s own choice stays.';
