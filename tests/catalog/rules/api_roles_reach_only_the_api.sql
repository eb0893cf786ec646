-- api_roles_reach_only_the_api: API roles have usage on api and hook alone, and hook holds pre_request alone.
select n.nspname || ' by ' || r.rolname from pg_namespace n cross join pg_roles r
where r.rolname in ('anon', 'guest', 'staff', 'admin', 'kiosk', 'platform', 'authenticator') and n.nspname in ('public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk', 'app', 'api', 'hook') and n.nspname not in ('api', 'hook')
and has_schema_privilege(r.oid, n.oid, 'usage')
union all
select 'hook.' || proname from pg_proc where pronamespace = 'hook'::regnamespace
