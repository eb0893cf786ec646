-- nobody_bypasses: None of our roles, and nobody they could become, bypasses row level security or is a superuser; engine owns no table.
with ours as (
  select oid, rolname from pg_roles where rolname in
  ('anon','guest','staff','admin','kiosk','platform','engine','auditor','resolver','service','authenticator')
)
select r.rolname from pg_roles r
where (r.rolbypassrls or r.rolsuper) and exists (select from ours o where pg_has_role(o.oid, r.oid, 'member'))
union select c.oid::regclass::text from pg_class c
where c.relowner::regrole::text in ('engine', 'auditor', 'resolver') and c.relkind in ('r', 'v')
