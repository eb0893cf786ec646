-- close_folio: the bills of a booking are settled, or left open for a stated reason.
-- may:      called by check_out_guest
-- refuses:  folio_not_settled, deposit_not_settled
-- then:     its folios take nothing more; those with charges are invoices
create or replace function app.close_folio(p_booking_id uuid, p_note text default null)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_first_id uuid := app.open_folio(p_booking_id);
  v_folio_id uuid;
begin
  -- lock: all of them, before the first is numbered
  perform from public.folios as f where f.tenant_id = app.tenant_id() and f.booking_id = p_booking_id order by f.id for no key update;
  for v_folio_id in
    select f.id
    from public.folios as f
    where f.tenant_id = app.tenant_id() and f.booking_id = p_booking_id and (f.closed_at is null or f.id = v_first_id)
    order by f.number
  loop
    perform app.close_one_folio(v_folio_id, p_note);
  end loop;
end
$$;

comment on function app.close_folio(uuid, text) is 'Closes every folio of a booking: balance 0 and no deposit kept, or a note that says why not.';
