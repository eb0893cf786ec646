-- folio_payments: what was paid of a bill, movement by movement.
create or replace function app.folio_payments(p_folio_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
      'id', y.id, 'kind', y.kind, 'method', y.method, 'amount', y.amount, 'settles', y.settles, 'held', y.held,
      'reference', y.reference, 'business_on', y.business_on, 'taken_at', y.taken_at, 'taken_by_name', y.taken_by_name) order by y.taken_at, y.id), '[]')
  from public.payments as y
  where y.tenant_id = app.tenant_id() and y.folio_id = p_folio_id and y.kind not in ('authorisation', 'release')
$$;

comment on function app.folio_payments(uuid) is
  '[{id, kind, method, amount, settles, held, reference, business_on, taken_at, taken_by_name}] in their order; holds on a card are not money yet.';
