-- save_template: a hotel says something in its own words.
-- may:      hotel:messages:write, at all properties
-- refuses:  permission_missing, template_not_found, template_not_sound
-- then:     mail and SMS say it from now on; a WhatsApp text is a draft, beside an approved one it waits for its approval
create or replace function api.save_template(p_template_id uuid, p_bodies jsonb, p_subjects jsonb default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_template notify.templates;
  v_subjects jsonb;
  v_problems jsonb;
begin
  perform app.require('hotel:messages:write');
  perform app.require_all_properties();
  -- lock
  v_template := app.lock_template(p_template_id);
  v_subjects := case when v_template.channel = 'email' then coalesce(p_subjects, v_template.subjects) end;
  if not app.is_text_per_language(p_bodies, 0, 100000) or not app.is_text_per_language(coalesce(v_subjects, '{}'), 0, 100000) then
    raise exception 'Texts are given by language.' using errcode = 'PT422', detail = 'template_not_sound', hint = 'Send {"en": "…", "es": "…"}.';
  end if;
  v_problems := app.template_problems(v_template.channel, v_template.variables, v_subjects, p_bodies);
  if v_problems <> '[]' then
    raise exception 'This text cannot be used.' using errcode = 'PT422', detail = 'template_not_sound', hint = v_problems::text;
  end if;

  if v_template.channel = 'whatsapp' and v_template.status = 'approved' then
    update notify.templates as t
    set pending = jsonb_build_object('event', t.event, 'category', t.category, 'content_name', t.content_name, 'variables', t.variables, 'bodies', p_bodies),
        reference_digest = null, updated_at = app.now()
    where t.tenant_id = v_template.tenant_id and t.id = v_template.id and t.bodies <> p_bodies
    returning t.* into v_template;
  else
    update notify.templates as t
    set bodies = p_bodies, subjects = v_subjects, reference_digest = null, pending = null, content_ids = '{}', updated_at = app.now(),
        status = case when t.channel = 'whatsapp' then 'draft' else 'approved' end
    where t.tenant_id = v_template.tenant_id and t.id = v_template.id and (t.bodies, t.subjects) is distinct from (p_bodies, v_subjects)
    returning t.* into v_template;
  end if;
  if not found then
    select t.* into v_template from notify.templates as t where t.tenant_id = app.tenant_id() and t.id = p_template_id;
  end if;
  return app.template_as_json(v_template);
end
$$;

alter function api.save_template(uuid, jsonb, jsonb) owner to engine;
comment on function api.save_template(uuid, jsonb, jsonb) is
  'Texts {language: text with {{variable}}}, a mail''s subjects too. {id, key, channel, state, is_edited, waits}; the same text again changes nothing. What is wrong with it stands in the hint as app.template_problems lists it.';
revoke all on function api.save_template(uuid, jsonb, jsonb) from public;
grant execute on function api.save_template(uuid, jsonb, jsonb) to staff, admin;
