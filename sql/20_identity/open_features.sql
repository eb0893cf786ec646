-- open_features: the sub-flows open in a stay state at a property.
create or replace function app.open_features(p_property_id uuid, p_state text)
returns text[]
language sql
stable
set search_path = ''
as $$
  select coalesce(array_agg(w.feature order by w.feature), '{}')
  from portal.feature_windows as w
  where w.tenant_id = app.tenant_id()
    and w.property_id = p_property_id
    and w.stay_state = p_state
    and w.is_open
$$;

comment on function app.open_features(uuid, text) is 'Keys of the portal''s sub-flows that feature_windows opens in a stay state.';
