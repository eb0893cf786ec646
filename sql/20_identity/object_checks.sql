-- object_checks: whether a thing is within the caller's reach, whatever is to be done with it.
create or replace function app.object_checks(p_object uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_found record;
begin
  if p_object is null then
    return '[]'::jsonb;
  end if;
  select f.* into v_found
  from (
    select r.property_id, r.booking_id from portal.requests as r where r.tenant_id = app.tenant_id() and r.id = p_object
    union all
    select b.property_id, b.id from public.bookings as b where b.tenant_id = app.tenant_id() and b.id = p_object
    union all
    select f.property_id, f.booking_id from public.folios as f where f.tenant_id = app.tenant_id() and f.id = p_object
    union all
    select f.property_id, f.booking_id from public.charges as c
    join public.folios as f on f.tenant_id = c.tenant_id and f.id = c.folio_id
    where c.tenant_id = app.tenant_id() and c.id = p_object
    union all
    select r.property_id, null from public.rooms as r where r.tenant_id = app.tenant_id() and r.id = p_object
    union all
    select p.id, null from public.properties as p where p.tenant_id = app.tenant_id() and p.id = p_object) as f
  limit 1;
  if not found or (app.session_role() = 'guest' and v_found.booking_id is distinct from app.booking_id()) then
    return app.access_check('object', false, app.access_sentence('object.failed'));
  elsif app.session_role() = 'guest' then
    return '[]'::jsonb;
  elsif not app.sees_property(v_found.property_id) then
    return app.access_check('property', false, app.access_sentence('property.failed'));
  end if;
  return app.access_check('property', true, app.access_sentence('property.passed', (
    select p.name from public.properties as p where p.tenant_id = app.tenant_id() and p.id = v_found.property_id)));
end
$$;

comment on function app.object_checks(uuid) is
  'For the id of a request, booking, folio, charge, room or property: whether it is the tenant''s, and at a property of the member''s or of the guest''s own booking. Another tenant''s does not exist.';
