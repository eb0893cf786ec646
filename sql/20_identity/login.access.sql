-- login_attempts, login_locks: written by the sign-in functions; who may read the audit reads the attempts.
select app.isolate_tenant('identity.login_attempts');

drop policy if exists auditors_read on identity.login_attempts;
create policy auditors_read on identity.login_attempts for select to admin
  using ((select app.can('hotel:audit:read')));

grant select, insert on identity.login_attempts to engine;
grant select (tenant_id, id, membership_id, outcome, address, at) on identity.login_attempts to admin;
-- no update, delete: a trace stays

grant select, insert, update, delete on identity.login_locks to engine;
