-- folio_balance: what a folio still owes.
create or replace function app.folio_balance(p_folio_id uuid)
returns numeric
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(c.gross), 0)
  from public.charges as c
  where c.tenant_id = app.tenant_id() and c.folio_id = p_folio_id
$$;

comment on function app.folio_balance(uuid) is 'Sum of a folio''s charges with tax, reversals subtracted, in its currency.';
