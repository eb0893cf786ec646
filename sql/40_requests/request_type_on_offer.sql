-- request_type_on_offer: the type asked for, if it is open to the caller now.
-- may:      called by portal_submit_request and booking_change_offer
-- refuses:  request_type_unknown, subtype_unknown, feature_closed, after_hours
-- then:     nothing
create or replace function app.request_type_on_offer(p_request jsonb, p_property_id uuid, p_state text)
returns portal.request_types
language plpgsql
stable
set search_path = ''
as $$
declare
  v_slug text := coalesce(p_request ->> 'type_slug', case when app.session_role() = 'guest' then 'concierge' else 'task' end);
  v_type portal.request_types;
  v_hours jsonb;
begin
  select t.* into v_type
  from portal.request_types as t
  where t.tenant_id = app.tenant_id()
    and t.slug = v_slug
    and t.current_version_id is not null
    and case when app.session_role() = 'guest' then t.is_offered and t.feature is not null
             else t.is_offered or t.slug = 'task' end;
  if not found then
    raise exception 'Nobody here takes requests of the type "%".', app.printed(v_slug)
      using errcode = 'PT422', detail = 'request_type_unknown', hint = 'type_slug';
  end if;

  if (p_request ->> 'subtype' is null and jsonb_path_exists(v_type.subtypes, '$[*] ? (@.price != null)'))
     or (p_request ->> 'subtype' is not null and not exists (
         select from jsonb_array_elements(v_type.subtypes) as s
         where s ->> 'key' = p_request ->> 'subtype' and coalesce(s -> 'by' ? app.actor_kind(), true))) then
    raise exception 'Say which kind of "%" it is.', app.printed(app.label(v_type.label))
      using errcode = 'PT422', detail = 'subtype_unknown',
            hint = 'One of ' || coalesce((select string_agg(s ->> 'key', ', ') from jsonb_array_elements(v_type.subtypes) as s where coalesce(s -> 'by' ? app.actor_kind(), true)), 'none');
  end if;

  -- after check-out members are bound by the windows too: a closed folio could not take what it costs
  if app.session_role() = 'guest' or (p_state = 'post_checkout' and v_type.feature is not null) then
    if not exists (select from portal.feature_windows as w
                   where w.tenant_id = app.tenant_id() and w.property_id = p_property_id
                     and w.feature = v_type.feature and w.stay_state = p_state and w.is_open) then
      raise exception '"%" is not open at this point of your stay.', app.printed(app.label(v_type.guest_label))
        using errcode = 'PT409', detail = 'feature_closed',
              hint = 'Open now: ' || coalesce(array_to_string(app.open_features(p_property_id, p_state), ', '), 'nothing') || '.';
    end if;
  end if;
  if app.session_role() = 'guest' then
    v_hours := app.setting(p_property_id, 'service_hours:' || v_slug);
    if not app.is_within_hours(v_hours, p_property_id) then
      raise exception '"%" is closed at this hour.', app.printed(app.label(v_type.guest_label))
        using errcode = 'PT409', detail = 'after_hours',
              hint = format('Open from %s to %s. Reception helps in between.', v_hours ->> 'from', v_hours ->> 'until');
    end if;
  end if;
  return v_type;
end
$$;

comment on function app.request_type_on_offer(jsonb, uuid, text) is
  'The request type of a submission. A guest without a type asks the concierge, a member makes a task. Service hours bind guests only; feature windows guests, and after check-out members too.';
