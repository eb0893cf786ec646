-- publish_workflow: a request type's document becomes what new requests are born with.
-- may:      hotel:workflows:write, and whatever its actions ask for, or asked for until now
-- refuses:  request_type_unknown, workflow_is_not_sound, status_keys_are_immutable, tax_code_missing
-- then:     an immutable version; open requests keep theirs
create or replace function api.publish_workflow(p_type_slug text, p_type jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.require('hotel:workflows:write');
  perform 1
  from portal.request_types as t
  where t.tenant_id = app.tenant_id() and t.slug = p_type_slug
  for no key update;
  if not found then
    raise exception 'There is no request type "%".', app.printed(p_type_slug) using errcode = 'PT404', detail = 'request_type_unknown';
  end if;
  -- nobody publishes a manager's decision away, or into their own hands
  perform app.require(p.key)
  from identity.permissions as p
  where p.key in (
    select a.value ->> 'permission'
    from portal.request_types as t
    join portal.workflow_versions as v on v.tenant_id = t.tenant_id and v.id = t.current_version_id
    cross join lateral jsonb_each(v.workflow -> 'actions') as a
    where t.tenant_id = app.tenant_id() and t.slug = p_type_slug
    union
    select a.value ->> 'permission' from jsonb_each(app.object_or_empty(p_type #> '{workflow,actions}')) as a);
  return app.publish_request_type(p_type || jsonb_build_object('slug', p_type_slug), null);
end
$$;

alter function api.publish_workflow(text, jsonb) owner to engine;
comment on function api.publish_workflow(text, jsonb) is
  'Publishes a request type''s whole document (the shape of seeds/reference/workflows). The same document again publishes nothing new.';
revoke all on function api.publish_workflow(text, jsonb) from public;
grant execute on function api.publish_workflow(text, jsonb) to staff, admin;
