-- roles: made, changed and given by commands.
-- what locks the tenant: two callers who give or take roles wait for one another
grant update (updated_at) on public.tenants to engine;
