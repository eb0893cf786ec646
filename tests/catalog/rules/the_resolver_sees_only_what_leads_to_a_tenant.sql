-- the_resolver_sees_only_what_leads_to_a_tenant: Column by column, the closed list of what may be read before a tenant is known.
select table_schema || '.' || table_name || '.' || column_name from information_schema.column_privileges
where grantee = 'resolver' and table_schema in ('public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk', 'app', 'api', 'hook')
