-- set_feature_windows: in which states of a stay a property's guests find a part of the portal open.
-- may:      hotel:settings:write
-- refuses:  property_not_found, feature_unknown, input_invalid
-- then:     it holds for the next page that a guest opens; event
create or replace function api.set_feature_windows(p_property_code text, p_feature text, p_states text[])
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_property_id uuid;
  v_states text[];
begin
  perform app.require('hotel:settings:write');
  v_property_id := (app.find_property(p_property_code, null)).id;
  if p_states is null
     or not p_states <@ array['pre_checkin', 'arrival_day', 'in_house', 'departure_day', 'post_checkout'] then
    raise exception 'Say in which states of a stay.'
      using errcode = 'PT422', detail = 'input_invalid',
            hint = 'States: pre_checkin, arrival_day, in_house, departure_day, post_checkout; none of them closes it.';
  end if;

  -- lock; a guest's own stay is never closed
  perform from portal.feature_windows as w
  where w.tenant_id = app.tenant_id() and w.property_id = v_property_id and w.feature = p_feature and w.feature <> 'stay_info'
  order by w.id
  for no key update;
  if not found then
    raise exception 'The portal has no part %.', app.printed(p_feature)
      using errcode = 'PT422', detail = 'feature_unknown', hint = 'See api.feature_windows.';
  end if;
  update portal.feature_windows as w
  set is_open = w.stay_state = any (p_states), updated_at = app.now()
  where w.tenant_id = app.tenant_id() and w.property_id = v_property_id and w.feature = p_feature
    and w.is_open <> (w.stay_state = any (p_states));
  if found then
    perform app.emit_event('portal.windows_changed', v_property_id, null, null, 'property', v_property_id);
  end if;

  select coalesce(array_agg(w.stay_state order by w.stay_state) filter (where w.is_open), '{}') into v_states
  from portal.feature_windows as w
  where w.tenant_id = app.tenant_id() and w.property_id = v_property_id and w.feature = p_feature;
  return jsonb_build_object('property_code', p_property_code, 'feature', p_feature, 'states', v_states);
end
$$;

alter function api.set_feature_windows(text, text, text[]) owner to engine;
comment on function api.set_feature_windows(text, text, text[]) is
  'Opens a part of the portal in exactly these stay states at a property: {property_code, feature, states}. An empty list closes it. The same again changes nothing.';
revoke all on function api.set_feature_windows(text, text, text[]) from public;
grant execute on function api.set_feature_windows(text, text, text[]) to staff, admin;
