-- every_view_reads_as_the_caller: Views in api are security_invoker, and there is nothing else there to select from.
select c.oid::regclass::text from pg_class c where c.relnamespace = 'api'::regnamespace
and c.relkind in ('v', 'm', 'r', 'p', 'f')
and (c.relkind <> 'v' or not coalesce(c.reloptions, '{}') && array['security_invoker=true', 'security_invoker=on'])
