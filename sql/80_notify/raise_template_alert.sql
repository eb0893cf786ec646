-- raise_template_alert: guests do not hear of something, because its text may not leave.
-- may:      called by commands and the worker
-- refuses:  nothing
-- then:     an alert stands until the template is approved or a message of it is taken
create or replace function app.raise_template_alert(p_tenant_id uuid, p_template_key text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.raise_alert(
    p_tenant_id, null, 'template_not_approved', 'high',
    format('Guests do not hear of %s: its WhatsApp template is not approved.', p_template_key),
    jsonb_build_object('template', p_template_key), 'template:' || p_template_key);
end
$$;

comment on function app.raise_template_alert(uuid, text) is 'Says that a template is missing or not approved, once for each template.';
