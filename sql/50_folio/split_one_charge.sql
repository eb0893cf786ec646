-- split_one_charge: a charge is reversed and posted anew in parts.
-- may:      private: called by commands that hold all the folios' locks
-- refuses:  charge_is_reversed_once, folio_closed
-- then:     the reversal, and a part on each folio; their net, taxes and gross sum to the charge's; events
create or replace function app.split_one_charge(p_charge public.charges, p_shares jsonb, p_gross numeric[], p_reason text, p_turn integer default 0)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_shares numeric[] := app.shares_of(p_shares);
  v_mode text := (select f.tax_mode from public.folios as f where f.tenant_id = p_charge.tenant_id and f.id = p_charge.folio_id);
  v_taxes jsonb;
  v_tax numeric;
begin
  perform app.reverse_posting(p_charge, btrim(p_reason));
  for i in 1 .. cardinality(v_shares) loop
    select jsonb_agg(jsonb_build_object('code', t.code, 'name', t.name, 'rate', t.rate, 'given', p.parts[i]) order by t.code), sum(p.parts[i])
    into v_taxes, v_tax
    from public.charge_taxes as t
    cross join lateral (select app.split_amount(t.amount, v_shares, p_charge.currency, p_turn) as parts) as p
    where t.tenant_id = p_charge.tenant_id and t.charge_id = p_charge.id;

    if p_gross[i] <> 0 then
      perform app.post_charge(
        (p_shares -> (i - 1) ->> 'folio_id')::uuid, p_charge.category,
        case when cardinality(v_shares) = 1 then p_charge.description
             else (select jsonb_object_agg(d.key, format('%s (%s/%s)', d.value, i, cardinality(v_shares)))
                   from jsonb_each_text(p_charge.description) as d) end,
        1, case when v_mode = 'inclusive' then p_gross[i] else p_gross[i] - v_tax end, v_taxes,
        format('split:%s:%s', p_charge.id, i), p_charge.request_id);
    end if;
  end loop;
end
$$;

comment on function app.split_one_charge(public.charges, jsonb, numeric[], text, integer) is
  'Reverses a charge and posts its gross in the parts given to [{folio_id, share}], each tax by largest remainder; a part of nothing is left out. One share alone moves the charge.';
