-- every_function_pins_its_search_path: A string body has search_path = ''; begin atomic ones are bound when made; three pure helpers inline.
select n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname in ('public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk', 'app', 'api', 'hook') and p.prosqlbody is null
and not coalesce(p.proconfig, '{}') && array['search_path=""', 'search_path=']
