-- nobody_bypasses: None of our roles bypasses row level security or is a superuser; engine owns no table.
select rolname from pg_roles where (rolbypassrls or rolsuper) and rolname in
('anon','guest','staff','admin','kiosk','platform','engine','auditor','resolver','service','authenticator')
union select c.oid::regclass::text from pg_class c
where c.relowner::regrole::text in ('engine', 'auditor', 'resolver') and c.relkind in ('r', 'v')
