-- set_template_state: what the provider has said of a WhatsApp text.
-- may:      hotel:messages:write, at all properties
-- refuses:  permission_missing, template_not_found, template_state_unknown, template_needs_no_approval, content_id_invalid
-- then:     approved: the newest text is what guests hear; else its first text is held back, one that waits is sent in or dropped
create or replace function api.set_template_state(p_template_id uuid, p_state text, p_content_ids jsonb default '{}')
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_template notify.templates;
begin
  perform app.require('hotel:messages:write');
  perform app.require_all_properties();
  -- lock
  v_template := app.lock_template(p_template_id);
  if p_state is null or p_state not in ('draft', 'submitted', 'approved', 'rejected', 'paused') then
    raise exception 'A text is in no such state.'
      using errcode = 'PT422', detail = 'template_state_unknown', hint = 'One of draft, submitted, approved, rejected, paused.';
  elsif v_template.channel <> 'whatsapp' then
    raise exception 'Nobody has to approve this text.' using errcode = 'PT409', detail = 'template_needs_no_approval', hint = 'It holds as it was saved.';
  elsif jsonb_typeof(coalesce(p_content_ids, '{}')) <> 'object' or exists (
    select from jsonb_each_text(coalesce(p_content_ids, '{}')) as c where c.key !~ '^[a-z]{2}$' or c.value !~ '^HX[0-9a-fA-F]{32}$') then
    raise exception 'That is no content id of Twilio''s.'
      using errcode = 'PT422', detail = 'content_id_invalid', hint = 'Send {"en": "HX…"}: HX and 32 signs.';
  end if;

  if p_state = 'approved' then
    perform app.approve_template(v_template.tenant_id, v_template.channel, v_template.key,
      case when v_template.pending is null then v_template.content_ids else '{}' end || coalesce(p_content_ids, '{}'));
  elsif v_template.pending is not null and p_state = 'rejected' then
    update notify.templates as t set pending = null, updated_at = app.now() where t.tenant_id = v_template.tenant_id and t.id = v_template.id;
  elsif v_template.pending is null then
    update notify.templates as t
    set status = p_state, content_ids = t.content_ids || coalesce(p_content_ids, '{}'), updated_at = app.now()
    where t.tenant_id = v_template.tenant_id and t.id = v_template.id and t.status <> p_state;
  end if;
  select t.* into v_template from notify.templates as t where t.tenant_id = v_template.tenant_id and t.id = v_template.id;
  return app.template_as_json(v_template);
end
$$;

alter function api.set_template_state(uuid, text, jsonb) owner to engine;
comment on function api.set_template_state(uuid, text, jsonb) is
  'Moves a WhatsApp text to draft, submitted, approved, rejected or paused. p_content_ids {language: HX…}; one left out is found by its name at the provider. A rejected text that waited is dropped, the approved one stays. The same again changes nothing.';
revoke all on function api.set_template_state(uuid, text, jsonb) from public;
grant execute on function api.set_template_state(uuid, text, jsonb) to staff, admin;
