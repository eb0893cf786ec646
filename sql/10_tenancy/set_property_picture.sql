-- set_property_picture: a property shows another picture, or none.
-- may:      hotel:settings:write
-- refuses:  property_not_found
-- then:     guests see it on the next page they open
create or replace function api.set_property_picture(p_property_code text, p_picture_id uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_property public.properties;
  v_url text := '/static/pictures/' || app.tenant_id() || '/' || p_picture_id || '.jpg';
begin
  perform app.require('hotel:settings:write');
  v_property := app.find_property(p_property_code, null);
  -- lock
  select p.* into v_property
  from public.properties as p
  where p.tenant_id = app.tenant_id() and p.id = v_property.id
  for no key update;
  update public.properties as p set picture_url = v_url, updated_at = app.now()
  where p.tenant_id = app.tenant_id() and p.id = v_property.id and p.picture_url is distinct from v_url;
  return jsonb_build_object('picture_url', v_url, 'was', nullif(v_property.picture_url, v_url));
end
$$;

alter function api.set_property_picture(text, uuid) owner to engine;
comment on function api.set_property_picture(text, uuid) is
  'Shows the picture kept under this id, or none for null. Answers {picture_url, was}: where it is, and where the one before is that nobody shows any more. The same again changes nothing.';
revoke all on function api.set_property_picture(text, uuid) from public;
grant execute on function api.set_property_picture(text, uuid) to staff, admin;
