-- receipt_variables: what a receipt says.
create or replace function app.receipt_variables(p_folio_id uuid, p_description jsonb, p_amount numeric)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'description', coalesce(p_description ->> g.language, p_description ->> 'en'),
    'amount', app.money_text(p_amount, f.currency),
    'balance', app.money_text(app.folio_balance(f.id), f.currency))
  from public.folios as f
  join public.bookings as b on b.tenant_id = f.tenant_id and b.id = f.booking_id
  join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
  where f.tenant_id = app.tenant_id() and f.id = p_folio_id
$$;

comment on function app.receipt_variables(uuid, jsonb, numeric) is
  'What was charged, how much with tax, and what the folio comes to, in the guest''s language: {description, amount, balance}.';
