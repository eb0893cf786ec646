-- folio_balance: what a folio still owes.
create or replace function app.folio_balance(p_folio_id uuid)
returns numeric
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(c.gross), 0) - app.paid_of_folio(p_folio_id)
  from public.charges as c
  where c.tenant_id = app.tenant_id() and c.folio_id = p_folio_id
$$;

comment on function app.folio_balance(uuid) is
  'A folio''s charges with tax, reversals subtracted, less what has been paid, in its currency. Deposits count once they are applied.';
