-- resolve_alert: what a human had to see to is settled.
-- may:      called by commands and the worker
-- refuses:  nothing
-- then:     the alert is closed; the same thing may be raised anew
create or replace function app.resolve_alert(p_tenant_id uuid, p_dedupe_key text)
returns void
language sql
volatile
set search_path = ''
as $$
  update public.alerts as a set resolved_at = app.now()
  where a.tenant_id = p_tenant_id and a.dedupe_key = p_dedupe_key and a.resolved_at is null
$$;

comment on function app.resolve_alert(uuid, text) is 'Closes the open alert with this dedupe key, if there is one.';
