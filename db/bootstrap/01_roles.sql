-- Roles are cluster-wide, so each is made only where it is missing.
-- A session type is a database role: three sign-in flows stay apart at the lowest layer.
-- Nobody here may bypass row level security; `service` is let through by policies of its own.

do $$
declare
  v_role text;
begin
  foreach v_role in array array['anon', 'guest', 'staff', 'admin', 'kiosk', 'platform',
                                'engine', 'auditor', 'resolver', 'service', 'authenticator'] loop
    if not exists (select from pg_catalog.pg_roles where rolname = v_role) then
      execute format('create role %I nologin noinherit', v_role);
    end if;
  end loop;
end
$$;

-- PostgREST and the functions enter as authenticator and become the session's role.
grant anon, guest, staff, admin, kiosk, platform to authenticator;

-- The migrating role hands commands over to engine, resolvers to resolver, the audit trigger to auditor.
do $$
begin
  if not (select rolsuper from pg_catalog.pg_roles where rolname = current_user) then
    execute format('grant engine, resolver, auditor to %I', current_user);
  end if;
end
$$;

-- A request that runs longer than this is a defect, not a patient guest. Whoever may hold an idempotency key
-- has more than the 10 seconds a twin waits for the other.
alter role anon set statement_timeout = '8s';
alter role guest set statement_timeout = '12s';
alter role staff set statement_timeout = '15s';
alter role admin set statement_timeout = '30s';
alter role kiosk set statement_timeout = '12s';

comment on role engine is 'Owns the commands in api; bound by row level security, so even a wrong command cannot leave its tenant.';
comment on role auditor is 'Owns the audit trigger; alone may write the audit log.';
comment on role resolver is 'Owns app.resolve_*: finds a tenant and an id before a tenant is known, and nothing else.';
comment on role service is 'The worker and the functions'' own work; not reachable over HTTP.';
