-- receipt_variables: what a receipt says.
create or replace function app.receipt_variables(p_folio_id uuid, p_description jsonb, p_amount numeric)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'description', p_description,
    'amount', jsonb_build_object('amount', p_amount, 'currency', f.currency),
    'balance', jsonb_build_object('amount', app.folio_balance(f.id), 'currency', f.currency))
  from public.folios as f
  where f.tenant_id = app.tenant_id() and f.id = p_folio_id
$$;

comment on function app.receipt_variables(uuid, jsonb, numeric) is
  'What was charged, how much with tax, and what the folio comes to: {description, amount, balance}, each for app.message_variables to put into the guest''s words.';
