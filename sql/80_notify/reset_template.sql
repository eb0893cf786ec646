-- reset_template: a hotel goes back to the original words.
-- may:      hotel:messages:write, at all properties
-- refuses:  permission_missing, template_not_found, template_has_no_original
-- then:     as if it had never been edited: it follows the seeds again
create or replace function api.reset_template(p_template_id uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_template notify.templates;
  v_original app.reference_data;
begin
  perform app.require('hotel:messages:write');
  perform app.require_all_properties();
  -- lock
  v_template := app.lock_template(p_template_id);
  select r.* into v_original
  from app.reference_data as r
  where r.kind = 'templates' and r.key = v_template.key and r.data ->> 'channel' = v_template.channel;
  if not found then
    raise exception 'This text has no original.' using errcode = 'PT409', detail = 'template_has_no_original', hint = 'It is your hotel''s own.';
  end if;

  if v_template.bodies = v_original.data -> 'bodies' and v_template.variables = v_original.data -> 'variables'
     and v_template.subjects is not distinct from v_original.data -> 'subjects' then
    -- what is in use is the original: only what waits is dropped
    update notify.templates as t
    set pending = null, reference_digest = v_original.digest, updated_at = app.now()
    where t.tenant_id = v_template.tenant_id and t.id = v_template.id
    returning t.* into v_template;
  elsif v_template.channel = 'whatsapp' and v_template.status = 'approved' then
    update notify.templates as t
    set pending = v_original.data, reference_digest = v_original.digest, updated_at = app.now()
    where t.tenant_id = v_template.tenant_id and t.id = v_template.id
    returning t.* into v_template;
  else
    update notify.templates as t
    set variables = v_original.data -> 'variables', subjects = v_original.data -> 'subjects', bodies = v_original.data -> 'bodies', pending = null,
        content_ids = '{}', status = case when t.channel = 'whatsapp' then 'draft' else 'approved' end,
        reference_digest = v_original.digest, updated_at = app.now()
    where t.tenant_id = v_template.tenant_id and t.id = v_template.id
    returning t.* into v_template;
  end if;
  return app.template_as_json(v_template);
end
$$;

alter function api.reset_template(uuid) owner to engine;
comment on function api.reset_template(uuid) is 'Takes the seed''s text again; one that is approved stays in use until the original is. A second call changes nothing.';
revoke all on function api.reset_template(uuid) from public;
grant execute on function api.reset_template(uuid) to staff, admin;
