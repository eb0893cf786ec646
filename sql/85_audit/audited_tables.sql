-- audited_tables: tenants and every tenant-owned table are audited, but those that are records themselves or hold no business data.
do $$
declare
  v_table record;
begin
  for v_table in
    select c.oid::regclass as name, string_agg(quote_literal(a.attname), ', ' order by k.place) as key
    from pg_catalog.pg_class as c
    join pg_catalog.pg_index as i on i.indrelid = c.oid and i.indisprimary
    cross join lateral unnest(i.indkey) with ordinality as k (number, place)
    join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum = k.number
    where c.relkind = 'r'
      and c.relnamespace::regnamespace::text in ('public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk')
      and (c.oid = 'public.tenants'::regclass
           or exists (select from pg_catalog.pg_attribute as t where t.attrelid = c.oid and t.attname = 'tenant_id' and not t.attisdropped))
      -- they are records of what happened, written once
      and c.oid::regclass::text not in (
        'audit_log', 'audit_seals', 'event_log', 'public.audit_log', 'public.audit_seals', 'public.event_log', 'notification_attempts', 'public.notification_attempts',
        'room_status_log', 'public.room_status_log', 'portal.request_status_history', 'service_menus.order_items', 'portal.stock_moves',
        'notify.consents', 'notify.suppressions', 'notify.inbound_messages', 'portal.request_attachments',
        -- counters and the ledger's own states, which it records itself
        'portal.number_counters', 'service_menus.sessions', 'room_type_nights', 'public.room_type_nights', 'notification_log', 'public.notification_log',
        -- secrets
        'identity.refresh_tokens', 'identity.seen_devices', 'notify.beds24_access', 'notify.slack_access',
        -- what others said of guests, kept for 30 days
        'notify.beds24_hints')
    group by c.oid
  loop
    execute format(
      'create or replace trigger record_change after insert or update or delete on %s for each row execute function app.record_change(%s)',
      v_table.name, v_table.key);
  end loop;
end
$$;

-- followed once: what the log keeps of them nobody could forget
drop trigger if exists record_change on notify.beds24_access;
drop trigger if exists record_change on notify.beds24_hints;
