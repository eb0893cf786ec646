-- approve_template: the provider has approved a template's newest text.
-- may:      called by set_template_state, the migrating role and the demo
-- refuses:  nothing
-- then:     it is what guests hear from now on; its alert is closed
create or replace function app.approve_template(p_tenant_id uuid, p_channel text, p_key text, p_content_ids jsonb default '{}')
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update notify.templates as t
  set event = coalesce(t.pending ->> 'event', t.event),
      category = coalesce(t.pending ->> 'category', t.category),
      content_name = coalesce(t.pending ->> 'content_name', t.content_name),
      variables = coalesce(t.pending -> 'variables', t.variables),
      bodies = coalesce(t.pending -> 'bodies', t.bodies),
      content_ids = p_content_ids, status = 'approved', pending = null, updated_at = app.now()
  where t.tenant_id = p_tenant_id and t.channel = p_channel and t.key = p_key;
  perform app.resolve_alert(p_tenant_id, 'template:' || p_key);
end
$$;

comment on function app.approve_template(uuid, text, text, jsonb) is
  'Puts a template''s newest text into use. p_content_ids: {language: provider''s content id}; a missing one is found by its name.';
revoke all on function app.approve_template(uuid, text, text, jsonb) from public;
