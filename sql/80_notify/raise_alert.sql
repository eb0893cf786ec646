-- raise_alert: something a human has to see to, open once.
-- may:      called by commands and the worker
-- refuses:  nothing
-- then:     it stands in api.alerts until it is resolved
create or replace function app.raise_alert(
  p_tenant_id uuid,
  p_property_id uuid,
  p_kind text,
  p_severity text,
  p_subject text,
  p_details jsonb,
  p_dedupe_key text
)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into public.alerts (tenant_id, property_id, kind, severity, subject, details, dedupe_key, raised_at)
  values (p_tenant_id, p_property_id, p_kind, p_severity, p_subject, p_details, p_dedupe_key, app.now())
  on conflict (tenant_id, dedupe_key) where resolved_at is null do nothing
$$;

comment on function app.raise_alert(uuid, uuid, text, text, text, jsonb, text) is
  'Raises an alert unless the same one (dedupe key) is open. Details carry ids and codes, no personal data.';
