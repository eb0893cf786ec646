-- no_show_charge: the fee of a no-show that stands on the bill.
create or replace function app.no_show_charge(p_booking_id uuid)
returns public.charges
language sql
stable
set search_path = ''
as $$
  select c
  from public.charges as c
  where c.tenant_id = app.tenant_id() and c.source like 'no\_show:' || p_booking_id || ':%'
    and not exists (select from public.charges as r where r.tenant_id = c.tenant_id and r.reverses_id = c.id)
$$;

comment on function app.no_show_charge(uuid) is 'The charge that mark_no_show has posted and that nobody has reversed; null: none.';
