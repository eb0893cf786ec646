-- publish_workflow: a request type's document becomes what new requests are born with.
-- may:      hotel:workflows:write
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
    raise exception 'There is no request type "%".', p_type_slug using errcode = 'PT404', detail = 'request_type_unknown';
  end if;
  return app.publish_request_type(p_type || jsonb_build_object('slug', p_type_slug), null);
end
$$;

alter function api.publish_workflow(text, jsonb) owner to engine;
comment on function api.publish_workflow(text, jsonb) is
  'Publishes a request type''s whole document (the shape of seeds/reference/workflows). The same document again publishes nothing new.';
revoke all on function api.publish_workflow(text, jsonb) from public;
grant execute on function api.publish_workflow(text, jsonb) to staff, admin;
