-- every_open_policy_is_meant: A permissive policy that lets an API role at every row of a table (of its tenant) is on the closed list.
select p.polrelid::regclass::text || ' ' || p.polname || ' to ' || r.name
from pg_policy p
cross join lateral (select case o.oid when 0 then 'public' else o.oid::regrole::text end from unnest(p.polroles) o (oid)) r (name)
where p.polpermissive
and r.name in ('public', 'anon', 'guest', 'staff', 'admin', 'kiosk', 'platform', 'authenticator')
and 'true' in (pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
