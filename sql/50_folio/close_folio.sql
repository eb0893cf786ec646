-- close_folio: the bill is settled, or left open for a stated reason.
-- may:      called by check_out_guest
-- refuses:  folio_not_settled
-- then:     the folio takes nothing more
create or replace function app.close_folio(p_booking_id uuid, p_note text default null)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_folio_id uuid := app.open_folio(p_booking_id);
  v_balance numeric;
begin
  perform 1 from public.folios as f where f.tenant_id = app.tenant_id() and f.id = v_folio_id for no key update;
  v_balance := app.folio_balance(v_folio_id);
  if v_balance <> 0 and nullif(btrim(p_note), '') is null then
    raise exception '% is still open on the folio.', app.printed(v_balance)
      using errcode = 'PT409', detail = 'folio_not_settled', hint = 'Settle it, or give p_note saying why the guest leaves with an open folio.';
  end if;
  update public.folios as f set closed_at = app.now(), closed_note = nullif(btrim(p_note), '')
  where f.tenant_id = app.tenant_id() and f.id = v_folio_id and f.closed_at is null;
end
$$;

comment on function app.close_folio(uuid, text) is 'Closes a booking''s folio: balance 0, or a note that says why not.';
