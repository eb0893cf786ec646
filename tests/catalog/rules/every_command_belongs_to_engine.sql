-- every_command_belongs_to_engine: Functions in api are owned by engine; definers elsewhere by engine, resolver or auditor, or explained.
select n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk', 'app', 'api', 'hook') and (
      (n.nspname = 'api' and p.proowner <> 'engine'::regrole)
      or (p.prosecdef and p.proowner::regrole::text not in ('engine', 'resolver', 'auditor'))
      or (p.proowner = 'resolver'::regrole and p.proname not like 'resolve\_%'))
