-- The demo's bookings, from the transaction's setting seed.data (the list of stays), made by the same commands as any.
-- A kept stay is made anew when no demo guest is in its state any more; the others are made once.
-- Each step is taken on its own day: the development clock goes back for it and returns at the end.

do $$
declare
  v_shift interval;
  v_now timestamptz;
  v_stay record;
  v_guest jsonb;
  v_booking uuid;
  v_key text;
begin
  select c.shift, app.now() into v_shift, v_now from app.clock as c for update;

  for v_stay in
    select d.value as plan, p.tenant_id, p.id as property_id, p.time_zone, (v_now at time zone p.time_zone)::date as today,
           d.value ->> 'state' as state, format('demo:%s:%s', p.code, d.value ->> 'state') as key,
           (d.value ->> 'arrives')::integer as arrives, (d.value ->> 'leaves')::integer as leaves,
           (d.value ->> 'booked')::integer as booked
    from jsonb_array_elements(current_setting('seed.data')::jsonb) with ordinality as d
    join public.tenants as t on t.slug = d.value ->> 'tenant'
    join public.properties as p on p.tenant_id = t.id and p.code = d.value ->> 'property'
    order by d.ordinality
  loop
    null;
  end loop;

  update app.clock set shift = v_shift;
end
$$;
