-- lock_folio: a folio that takes something, held until commit.
-- may:      called by commands
-- refuses:  folio_not_found, folio_closed
-- then:     nobody else posts to it meanwhile
create or replace function app.lock_folio(p_folio_id uuid)
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
  elsif v_folio.closed_at is not null then
    raise exception 'The folio is closed.' using errcode = 'PT409', detail = 'folio_closed', hint = 'A closed folio takes nothing more; settle it outside the folio.';
  end if;
  return v_folio;
end
$$;

comment on function app.lock_folio(uuid) is 'Locks an open folio. One of another hotel, or of a property the caller does not work at, is not found.';
