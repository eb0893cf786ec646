-- The peer's own tables: the house's columns, keys, checks and indexes, without its triggers and policies.
-- They hold the past of the tenants that are measured, so they are smaller than the house's: that favours the peer.

create schema peer;

do $$
declare
  v_table regclass;
  v_key record;
begin
  foreach v_table in array array['portal.requests', 'portal.request_lines', 'portal.request_status_history', 'portal.number_counters',
                                 'public.notification_log', 'public.audit_log', 'public.event_log', 'app.idempotency_keys']::regclass[] loop
    execute format('create table peer.%I (like %s including all)', (select relname from pg_class where oid = v_table), v_table);
  end loop;
  for v_key in
    select c.relname, pg_get_constraintdef(k.oid) as definition
    from pg_class as p
    join pg_class as c on c.relname = p.relname and c.oid <> p.oid and c.relkind = 'r'
    join pg_constraint as k on k.conrelid = c.oid and k.contype = 'f'
    where p.relnamespace = 'peer'::regnamespace and p.relkind = 'r'
  loop
    execute format('alter table peer.%I add %s', v_key.relname, replace(v_key.definition, 'portal.requests(', 'peer.requests('));
  end loop;
end
$$;

insert into peer.requests select r.* from portal.requests as r where r.tenant_id::text = any (string_to_array(current_setting('bench.tenant_ids'), ','));
insert into peer.number_counters select c.* from portal.number_counters as c;
analyze peer.requests;
