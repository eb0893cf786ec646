-- Faults that wait for someone to be assigned, bench.count for each of bench.tenant_ids, in the schema bench.schema (the house's or the peer's).
-- Their ids are known beforehand: batch, client and number.

do $$
begin
  execute format($insert$
    insert into %I.requests (tenant_id, id, property_id, number, request_type_id, workflow_version_id, type_slug, booking_id, guest_id, room_id, title,
                             status, phase, currency, tax_mode, source, created_by, created_at, updated_at)
    select t.tenant_id, (lpad(to_hex($1), 8, '0') || '-' || lpad(to_hex(c.place - 1), 4, '0') || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
           b.property_id, format('BENCH-%%s-%%s', $1, n), t.id, t.current_version_id, t.slug, b.id, b.guest_id, b.room_id, t.guest_label,
           'triaged', 'active', 'PKR', 'inclusive', 'portal', b.id, now(), now()
    from unnest($2) with ordinality as c (tenant_id, place)
    cross join generate_series(1, $3) as n
    join portal.request_types as t on t.tenant_id = c.tenant_id and t.slug = 'maintenance'
    join lateral (select o.*, row_number() over (order by o.id) as number
                  from public.bookings as o
                  where o.tenant_id = c.tenant_id and o.checkin_status = 'CHECKED_IN') as b on b.number = 1 + n %% 20
    $insert$, current_setting('bench.schema'))
  using current_setting('bench.batch')::integer, string_to_array(current_setting('bench.tenant_ids'), ',')::uuid[], current_setting('bench.count')::integer;
end
$$;
