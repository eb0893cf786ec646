-- The demo's bookings, from the transaction's setting seed.data (the list of stays), made by the same commands as any.
-- A kept stay is made anew when no demo guest is in its state any more; the others are made once.
-- The development clock goes back for each step and returns at the end.

do $$
declare
  v_shift interval;
  v_stay record;
  v_today date;
  v_key text;
begin
  select c.shift into v_shift from app.clock as c for update;

  for v_stay in
    select e.value as plan, t.slug, p as property, p.tenant_id, p.id as property_id,
           format('demo:%s:%s:', p.code, e.value ->> 'state') as key
    from jsonb_array_elements(current_setting('seed.data')::jsonb) with ordinality as e
    join public.tenants as t on t.slug = e.value ->> 'tenant'
    join public.properties as p on p.tenant_id = t.id and p.code = e.value ->> 'property'
    order by e.ordinality
  loop
    v_today := app.today_in((v_stay.property).time_zone);
    if (v_stay.plan ->> 'is_kept')::boolean then
      continue when exists (
        select from public.bookings as b
        where b.tenant_id = v_stay.tenant_id
          and b.property_id = v_stay.property_id
          and pg_temp.demo_state(b, v_today) = v_stay.plan ->> 'state');
      select v_stay.key || count(*) + 1 into v_key
      from public.bookings as b
      where b.tenant_id = v_stay.tenant_id and b.idempotency_key like v_stay.key || '%';
    else
      v_key := v_stay.key || (v_stay.plan #>> '{guests,0,last_name}');
      continue when exists (
        select from public.bookings as b
        where b.tenant_id = v_stay.tenant_id and b.idempotency_key = v_key);
    end if;

    perform app.act_as_member(format('reception@%s.example', v_stay.slug));
    perform pg_temp.make_stay(v_stay.property, v_stay.plan, v_key, v_today);
    update app.clock set shift = v_shift;
  end loop;
end
$$;
