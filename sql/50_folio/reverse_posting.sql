-- reverse_posting: a charge once more with the signs turned.
-- may:      private: called by commands and the workflow trigger, which have checked the right
-- refuses:  charge_is_reversed_once, folio_closed
-- then:     the reversal with its taxes; event
create or replace function app.reverse_posting(p_charge public.charges, p_reason text)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_folio public.folios;
begin
  -- lock
  select f.* into v_folio from public.folios as f where f.tenant_id = p_charge.tenant_id and f.id = p_charge.folio_id for no key update;
  perform from public.charges as c where c.tenant_id = p_charge.tenant_id and c.reverses_id = p_charge.id;
  if found then
    raise exception 'This charge has been reversed already.' using errcode = 'PT409', detail = 'charge_is_reversed_once', hint = 'See the folio.';
  end if;
  perform app.folio_must_be_open(v_folio);

  return app.post_charge(
    p_charge.folio_id, p_charge.category, p_charge.description, -p_charge.quantity, p_charge.unit_price,
    (select jsonb_agg(jsonb_build_object('code', t.code, 'name', t.name, 'rate', t.rate, 'given', -t.amount) order by t.code)
     from public.charge_taxes as t where t.tenant_id = p_charge.tenant_id and t.charge_id = p_charge.id),
    'reversal:' || p_charge.id, p_charge.request_id, p_charge.id, p_reason);
end
$$;

comment on function app.reverse_posting(public.charges, text) is 'Posts the reversal of a charge with its taxes, each by the amount it was, on today''s business date, under the folio''s lock; answers its id.';
