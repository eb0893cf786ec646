-- booking_guest_name: the name a booking goes by.
-- refuses:  guest_not_found
create or replace function app.booking_guest_name(p_guest jsonb, p_guest_id uuid)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_name text := btrim(concat_ws(' ', btrim(p_guest ->> 'first_name'), btrim(p_guest ->> 'last_name')));
begin
  if p_guest_id is null then
    return v_name;
  end if;
  select g.first_name || ' ' || g.last_name into v_name
  from public.guests as g
  where g.tenant_id = app.tenant_id() and g.id = p_guest_id
    and (app.sees_all_properties() or exists (
      select from public.bookings as b
      where b.tenant_id = g.tenant_id and b.guest_id = g.id and app.sees_property(b.property_id)));
  if not found then
    raise exception 'There is no such guest.'
      using errcode = 'PT404', detail = 'guest_not_found';
  end if;
  return v_name;
end
$$;

comment on function app.booking_guest_name(jsonb, uuid) is 'First and last name of the guest given inline, or of the one with this id. One known only where the caller does not work is not found.';
