-- lock_any_folio: a folio, open or closed, held until commit.
-- may:      called by commands
-- refuses:  folio_not_found
-- then:     nobody else posts to it meanwhile
create or replace function app.lock_any_folio(p_folio_id uuid)
returns public.folios
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_folio public.folios;
begin
  select f.* into v_folio
  from public.folios as f
  where f.tenant_id = app.tenant_id() and f.id = p_folio_id and app.sees_property(f.property_id)
  for no key update;
  if not found then
    raise exception 'There is no such folio.' using errcode = 'PT404', detail = 'folio_not_found';
  end if;
  return v_folio;
end
$$;

comment on function app.lock_any_folio(uuid) is 'Locks a folio, also a closed one. One of another hotel, or of a property the caller does not work at, is not found.';
