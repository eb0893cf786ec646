-- close_one_folio: one bill is settled, or left open for a stated reason.
-- may:      called by commands that hold its lock
-- refuses:  folio_not_settled, deposit_not_settled
-- then:     the folio takes nothing more, and with charges is an invoice with a number
create or replace function app.close_one_folio(p_folio_id uuid, p_note text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_folio public.folios;
  v_balance numeric := app.folio_balance(p_folio_id);
  v_held numeric;
begin
  select f.* into v_folio from public.folios as f where f.tenant_id = app.tenant_id() and f.id = p_folio_id;
  select coalesce(sum(y.held), 0) into v_held from public.payments as y where y.tenant_id = app.tenant_id() and y.folio_id = p_folio_id;
  if v_balance <> 0 and nullif(btrim(p_note), '') is null then
    raise exception '% is still open on the folio.', app.printed(app.money_text(v_balance, v_folio.currency, 'en'))
      using errcode = 'PT409', detail = 'folio_not_settled', hint = 'Settle it, or give a note saying why the guest leaves with an open folio.';
  elsif v_held <> 0 and nullif(btrim(p_note), '') is null then
    raise exception 'A deposit of % is still kept.', app.printed(app.money_text(v_held, v_folio.currency, 'en'))
      using errcode = 'PT409', detail = 'deposit_not_settled', hint = 'Apply it or give it back, or give a note saying why the house keeps it.';
  end if;
  update public.folios as f set closed_at = app.now(), closed_note = nullif(btrim(p_note), '')
  where f.tenant_id = app.tenant_id() and f.id = p_folio_id and f.closed_at is null;
  if found then
    perform app.issue_invoice(p_folio_id);
  end if;
end
$$;

comment on function app.close_one_folio(uuid, text) is 'Closes a folio: balance 0 and no deposit kept, or a note that says why not. Closed already: nothing changes.';
