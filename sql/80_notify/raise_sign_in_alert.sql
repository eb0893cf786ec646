-- raise_sign_in_alert: somebody tries to come in who perhaps should not.
-- may:      called by the sign-in functions
-- refuses:  nothing
-- then:     it stands in api.alerts for a day after the last time, and says how often
create or replace function app.raise_sign_in_alert(
  p_tenant_id uuid,
  p_property_id uuid,
  p_kind text,
  p_subject text,
  p_details jsonb,
  p_dedupe_key text
)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into public.alerts as a (tenant_id, property_id, kind, severity, subject, details, dedupe_key, raised_at)
  values (p_tenant_id, p_property_id, p_kind, 'high', p_subject, p_details, p_dedupe_key, app.now())
  on conflict (tenant_id, dedupe_key) where resolved_at is null
  do update set raised_at = excluded.raised_at, details = excluded.details, times = a.times + 1
$$;

comment on function app.raise_sign_in_alert(uuid, uuid, text, text, jsonb, text) is
  'Raises an alert of one of alerts_of_sign_in, or renews and counts the one that is open. Rare enough to lock its row, which raise_alert must not.';
