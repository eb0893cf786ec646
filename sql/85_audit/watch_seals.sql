-- watch_seals: what has waited too long for its seal.
-- may:      called by seal_audit
-- refuses:  nothing
-- then:     one alert of the platform, closed when nothing waits any more
create or replace function app.watch_seals(p_tenants uuid[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  c_patience constant interval := interval '15 minutes';
  v_since timestamptz;
begin
  select min(u.since) into v_since from unnest(p_tenants) as t (id) cross join lateral app.unsealed(t.id) as u;
  if v_since < app.now() - c_patience then
    insert into app.platform_alerts (kind, dedupe_key, details, raised_at)
    values ('audit_not_sealed', 'audit_not_sealed:' || v_since, jsonb_build_object('since', v_since), app.now())
    on conflict (dedupe_key) do nothing;
  end if;
  update app.platform_alerts as a
  set resolved_at = app.now()
  where a.kind = 'audit_not_sealed' and a.resolved_at is null
    and (v_since is null or a.dedupe_key <> 'audit_not_sealed:' || v_since);
end
$$;

alter function app.watch_seals(uuid[]) owner to auditor;
comment on function app.watch_seals(uuid[]) is 'p_tenants: those that had something to seal. A transaction that stays open holds every seal up: after a quarter of an hour somebody has to end it.';
