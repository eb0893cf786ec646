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
  v_folio public.folios := app.lock_any_folio(p_folio_id);
begin
  perform app.folio_must_be_open(v_folio);
  return v_folio;
end
$$;

comment on function app.lock_folio(uuid) is 'Locks an open folio. One of another hotel, or of a property the caller does not work at, is not found.';
