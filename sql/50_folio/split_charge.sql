-- split_charge: one line of a bill is shared among several bills, or moves to another.
-- may:      hotel:charges:write
-- refuses:  charge_not_found, folio_not_found, folio_closed, split_invalid, reason_missing, charge_is_reversed_once, reversal_is_final, idempotency_key_missing, idempotency_key_reused, twin_in_flight
-- then:     the line is reversed, and its parts are posted; they sum to it; events
create or replace function api.split_charge(p_split jsonb, p_idempotency_key text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_answer jsonb;
  v_charge public.charges;
begin
  perform app.require('hotel:charges:write');
  v_answer := app.claim_idempotency_key('split_charge', p_idempotency_key, p_split);
  if v_answer is not null then
    return jsonb_build_object('status', 200, 'replayed', true, 'body', v_answer);
  end if;

  select c.* into v_charge
  from public.charges as c
  join public.folios as f on f.tenant_id = c.tenant_id and f.id = c.folio_id
  where c.tenant_id = app.tenant_id() and c.id = app.uuid_or_null(p_split ->> 'charge_id') and app.sees_property(f.property_id);
  if not found then
    raise exception 'There is no such charge.' using errcode = 'PT404', detail = 'charge_not_found';
  elsif v_charge.reverses_id is not null then
    raise exception 'A reversal cannot be split.' using errcode = 'PT409', detail = 'reversal_is_final', hint = 'Split the charge instead.';
  elsif length(btrim(coalesce(p_split ->> 'reason', ''))) not between 1 and 500 then
    raise exception 'Say why.' using errcode = 'PT422', detail = 'reason_missing', hint = 'reason';
  end if;

  perform app.lock_shares(v_charge.folio_id, p_split -> 'shares');
  perform app.split_one_charge(
    v_charge, p_split -> 'shares', app.split_amount(v_charge.gross, app.shares_of(p_split -> 'shares'), v_charge.currency), p_split ->> 'reason');
  v_answer := jsonb_build_object('charge_id', v_charge.id, 'parts', (
    select jsonb_agg(app.charge_as_json(c.id) order by c.source)
    from public.charges as c
    where c.tenant_id = v_charge.tenant_id and c.source like format('split:%s:%%', v_charge.id)));

  return app.answer_created('split_charge', p_idempotency_key, v_answer);
end
$$;

alter function api.split_charge(jsonb, text) owner to engine;
comment on function api.split_charge(jsonb, text) is
  'Splits {charge_id, shares: [{folio_id, share}], reason} by largest remainder: a reversal and new postings. One share alone moves the charge. Answers {status, replayed, body: {charge_id, parts: [charge]}}; the same key and body answer the same again.';
revoke all on function api.split_charge(jsonb, text) from public;
grant execute on function api.split_charge(jsonb, text) to staff, admin;
