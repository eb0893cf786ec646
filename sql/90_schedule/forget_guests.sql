-- forget_guests: guests who have not come for long are made nobody, where the hotel wants it so.
create or replace function app.forget_guests(p_before timestamptz, p_limit integer)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_guest_id uuid;
  v_count integer := 0;
begin
  for v_guest_id in
    select g.id
    from public.guests as g
    where g.tenant_id = app.tenant_id() and g.erased_at is null and g.created_at < p_before
      and not exists (select from public.bookings as b
                      where b.tenant_id = g.tenant_id and b.guest_id = g.id
                        and greatest(b.check_out, b.checked_out_on) >= p_before::date)
    order by g.id
  loop
    begin
      perform app.make_guest_nobody(v_guest_id);
      v_count := v_count + 1;
    exception
      -- in house after all, or something is owed: asked again the next night
      when sqlstate 'PT409' then null;
    end;
    exit when v_count >= p_limit;
  end loop;
  return v_count;
end
$$;

comment on function app.forget_guests(timestamptz, integer) is 'Guests whose last stay was over before a day, at all of the tenant''s properties. No hotel does so unless it sets retention_days:guests.';
