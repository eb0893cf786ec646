-- paid_of_folio: by how much payments lower what a folio owes.
-- definer because whoever sees a folio sees what it owes, and the payments themselves only with hotel:payments:read.
create or replace function app.paid_of_folio(p_folio_id uuid)
returns numeric
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(sum(y.settles), 0)
  from public.payments as y
  where y.tenant_id = app.tenant_id() and y.folio_id = p_folio_id
$$;

alter function app.paid_of_folio(uuid) owner to engine;
comment on function app.paid_of_folio(uuid) is 'Payments, captures and applied deposits of a folio less refunds and voids, in its currency.';
select app.grant_to_readers('app.paid_of_folio(uuid)');
