-- folio_document: a bill with all that its paper says, for whoever may see it.
-- may:      hotel:charges:read, with hotel:payments:read payments one by one, with hotel:guests:read the guest's address; a guest, identified, for the own bill
-- refuses:  folio_not_found, second_fact_needed
-- then:     nothing
create or replace function api.folio_document(p_folio_id uuid default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_folio_id uuid;
  v_document jsonb;
begin
  if app.session_role() = 'guest' then
    perform app.require_identified();
    select f.id into v_folio_id
    from public.folios as f
    where f.tenant_id = app.tenant_id() and f.booking_id = app.booking_id() and f.number = 1 and f.id = coalesce(p_folio_id, f.id);
  else
    perform app.require('hotel:charges:read');
    select f.id into v_folio_id
    from public.folios as f
    where f.tenant_id = app.tenant_id() and f.id = p_folio_id and app.sees_property(f.property_id);
  end if;
  if v_folio_id is null then
    raise exception 'There is no such folio.' using errcode = 'PT404', detail = 'folio_not_found';
  end if;

  v_document := app.folio_document(v_folio_id, app.language());
  if app.session_role() <> 'guest' and not app.can('hotel:payments:read') then
    v_document := v_document || '{"payments": []}';
  end if;
  -- where a guest lives is known to who may read guests; what a payer wanted printed is the hotel's own paper
  if app.session_role() <> 'guest' and not app.can('hotel:guests:read') and v_document #>> '{folio,number}' = '1' then
    v_document := v_document #- '{recipient,details}';
  end if;
  return v_document;
end
$$;

alter function api.folio_document(uuid) owner to engine;
comment on function api.folio_document(uuid) is
  'A folio as its PDF says it: {issuer, recipient, property, stay, folio, lines, taxes, payments, totals}, in the caller''s language. A guest gets the own bill, with or without naming it. Payments one by one only with hotel:payments:read, a guest''s address only with hotel:guests:read. Anyone else''s folio is not found.';
revoke all on function api.folio_document(uuid) from public;
grant execute on function api.folio_document(uuid) to guest, staff, admin;
