-- split_folio: what stands on one bill is shared among several.
-- may:      hotel:charges:write
-- refuses:  folio_not_found, folio_closed, split_invalid, reason_missing, nothing_to_split, charge_is_reversed_once, idempotency_key_missing, idempotency_key_reused, twin_in_flight
-- then:     each line that stands is reversed, and its parts are posted; they sum to it; events
create or replace function api.split_folio(p_split jsonb, p_idempotency_key text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_answer jsonb;
  v_folio public.folios;
  v_charge public.charges;
  v_parts numeric[];
  v_given numeric[];
  v_count integer := 0;
begin
  perform app.require('hotel:charges:write');
  v_answer := app.claim_idempotency_key('split_folio', p_idempotency_key, p_split);
  if v_answer is not null then
    return jsonb_build_object('status', 200, 'replayed', true, 'body', v_answer);
  end if;

  if length(btrim(coalesce(p_split ->> 'reason', ''))) not between 1 and 500 then
    raise exception 'Say why.' using errcode = 'PT422', detail = 'reason_missing', hint = 'reason';
  end if;
  v_folio := app.lock_shares(app.uuid_or_null(p_split ->> 'folio_id'), p_split -> 'shares');
  v_given := array_fill(0::numeric, array[cardinality(app.shares_of(p_split -> 'shares'))]);
  for v_charge in
    select c.*
    from public.charges as c
    where c.tenant_id = v_folio.tenant_id and c.folio_id = v_folio.id and c.reverses_id is null
      and not exists (select from public.charges as r where r.tenant_id = c.tenant_id and r.reverses_id = c.id)
      and (not p_split ? 'categories' or p_split -> 'categories' ? c.category)
    order by c.posted_at, c.id
  loop
    v_parts := app.split_onward(v_charge.gross, app.shares_of(p_split -> 'shares'), v_charge.currency, v_given);
    perform app.split_one_charge(v_charge, p_split -> 'shares', v_parts, p_split ->> 'reason', v_count);
    v_given := (select array_agg(g.part + p.part order by p.number)
                from unnest(v_given) with ordinality as g (part, number) join unnest(v_parts) with ordinality as p (part, number) using (number));
    v_count := v_count + 1;
  end loop;
  if v_count = 0 then
    raise exception 'Nothing on the folio can be split.'
      using errcode = 'PT409', detail = 'nothing_to_split', hint = 'Name a folio with charges, or other categories.';
  end if;
  v_answer := jsonb_build_object('folio_id', v_folio.id, 'charges', v_count, 'folios', (
    select jsonb_agg(app.folio_as_json(f.id) -> 'folio' order by f.number)
    from public.folios as f
    where f.tenant_id = v_folio.tenant_id and f.booking_id = v_folio.booking_id));

  return app.answer_created('split_folio', p_idempotency_key, v_answer);
end
$$;

alter function api.split_folio(jsonb, text) owner to engine;
comment on function api.split_folio(jsonb, text) is
  'Splits what stands on {folio_id} among {shares: [{folio_id, share}]}, of {categories} alone when they are named, line by line, so that each bill gets its largest-remainder part of the whole. Needs a reason. Answers {status, replayed, body: {folio_id, charges, folios}}; the same key and body answer the same again.';
revoke all on function api.split_folio(jsonb, text) from public;
grant execute on function api.split_folio(jsonb, text) to staff, admin;
