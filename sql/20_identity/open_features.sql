-- open_features: the sub-flows open in a stay state at a property, as api.portal_stay shows them to the guest.
-- What is not built yet is not shown: a feature is there when one of its request types is offered, or has a page of its own.
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
    and (w.feature in ('stay_info', 'charges', 'feedback', 'cleaning_preferences')
         or w.feature = 'menu_order' and exists (
           select from service_menus.menus as m where m.tenant_id = w.tenant_id and m.property_id = w.property_id and m.state = 'active')
         or w.feature in (select t.feature from portal.request_types as t where t.tenant_id = w.tenant_id and t.is_offered))
$$;

comment on function app.open_features(uuid, text) is 'Keys of the portal''s sub-flows that are built and that feature_windows opens in a stay state.';
