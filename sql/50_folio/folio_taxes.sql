-- folio_taxes: what a bill holds of each tax.
create or replace function app.folio_taxes(p_folio_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('code', s.code, 'name', s.name, 'rate', s.rate, 'net', s.net, 'amount', s.amount) order by s.code, s.rate), '[]')
  from (
    select t.code, t.name, t.rate, sum(c.net) as net, sum(t.amount) as amount
    from public.charges as c
    join public.charge_taxes as t on t.tenant_id = c.tenant_id and t.charge_id = c.id
    where c.tenant_id = app.tenant_id() and c.folio_id = p_folio_id
    group by t.code, t.name, t.rate
    having sum(c.net) <> 0 or sum(t.amount) <> 0) as s
$$;

comment on function app.folio_taxes(uuid) is
  '[{code, name, rate, net, amount}]: each tax at each of its rates, on how much. rate null: exempt. A code whose charges are all reversed is left out.';
