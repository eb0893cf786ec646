-- deposits_held: what the hotel holds for a guest and has not earned.
create or replace function app.deposits_held(p_booking_id uuid)
returns numeric
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(y.held), 0)
  from public.folios as f
  join public.payments as y on y.tenant_id = f.tenant_id and y.folio_id = f.id
  where f.tenant_id = app.tenant_id() and f.booking_id = p_booking_id
$$;

comment on function app.deposits_held(uuid) is 'Deposits of a booking, neither applied nor given back, in its folios'' currency: a liability.';
