-- folio_must_be_open: a closed folio is never changed.
-- may:      called by commands that hold its lock
-- refuses:  folio_closed
-- then:     nothing
create or replace function app.folio_must_be_open(p_folio public.folios)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_folio.closed_at is not null then
    raise exception 'The folio is closed.' using errcode = 'PT409', detail = 'folio_closed', hint = 'A closed folio takes nothing more; settle it outside the folio.';
  end if;
end
$$;

comment on function app.folio_must_be_open(public.folios) is 'Refuses a folio that is closed.';
