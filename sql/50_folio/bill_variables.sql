-- bill_variables: what a guest's bill comes to, for a message.
create or replace function app.bill_variables(p_folio_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'total', jsonb_build_object('amount', o.balance + app.paid_of_folio(f.id), 'currency', f.currency),
    'balance', jsonb_build_object('amount', o.balance, 'currency', f.currency))
  from public.folios as f
  cross join lateral (select app.folio_balance(f.id) as balance) as o
  where f.tenant_id = app.tenant_id() and f.id = p_folio_id
$$;

comment on function app.bill_variables(uuid) is '{total, balance} of a folio, each {amount, currency} for app.message_variables.';
