-- close_folio: reception ends one bill of a booking, before the guest leaves or a company's of its own.
-- may:      hotel:charges:write
-- refuses:  folio_not_found, folio_not_settled, deposit_not_settled
-- then:     the folio takes nothing more; with charges it is an invoice with a number; event
create or replace function api.close_folio(p_folio_id uuid, p_note text default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_folio public.folios;
begin
  perform app.require('hotel:charges:write');

  -- lock
  select f.* into v_folio
  from public.folios as f
  where f.tenant_id = app.tenant_id() and f.id = p_folio_id and app.sees_property(f.property_id)
  for no key update;
  if not found then
    raise exception 'There is no such folio.' using errcode = 'PT404', detail = 'folio_not_found';
  elsif v_folio.closed_at is null then
    perform app.close_one_folio(v_folio.id, p_note);
    perform app.emit_event('folio.closed', v_folio.property_id, v_folio.booking_id, null, 'folio', v_folio.id);
  end if;
  return app.folio_as_json(v_folio.id);
end
$$;

alter function api.close_folio(uuid, text) owner to engine;
comment on function api.close_folio(uuid, text) is
  'Closes a folio: settled, or p_note says why it is not. A closed one is answered as it is. What is charged afterwards is refused with folio_closed.';
revoke all on function api.close_folio(uuid, text) from public;
grant execute on function api.close_folio(uuid, text) to staff, admin;
