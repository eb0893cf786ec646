-- api_roles_write_by_command: No insert, update or delete for API roles but on the columns of plain settings.
select distinct table_schema || '.' || table_name || ' ' || lower(privilege_type) || ' by ' || grantee
from information_schema.column_privileges
where grantee in ('anon', 'guest', 'staff', 'admin', 'kiosk', 'platform', 'authenticator') and table_schema in ('public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk', 'app', 'api', 'hook') and privilege_type in ('INSERT', 'UPDATE')
union
select table_schema || '.' || table_name || ' ' || lower(privilege_type) || ' by ' || grantee
from information_schema.table_privileges
where grantee in ('anon', 'guest', 'staff', 'admin', 'kiosk', 'platform', 'authenticator') and table_schema in ('public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk', 'app', 'api', 'hook') and privilege_type in ('DELETE', 'TRUNCATE', 'TRIGGER')
