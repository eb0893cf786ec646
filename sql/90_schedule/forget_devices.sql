-- forget_devices: a device that proved itself for a stay long over is not known any more.
create or replace function app.forget_devices(p_property_id uuid, p_before timestamptz, p_limit integer)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_count integer;
begin
  delete from identity.seen_devices as d
  where d.tenant_id = app.tenant_id() and d.id in (
    select o.id
    from identity.seen_devices as o
    join public.bookings as b on b.tenant_id = o.tenant_id and b.id = o.booking_id
    where o.tenant_id = app.tenant_id() and b.property_id = p_property_id and b.checkin_status <> 'CHECKED_IN'
      and greatest(b.check_out, b.checked_out_on) < p_before::date
    order by o.id
    limit p_limit);
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function app.forget_devices(uuid, timestamptz, integer) is 'Devices remembered for bookings that were over before a day.';
