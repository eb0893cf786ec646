-- erasure_obstacles: what keeps a guest from being forgotten today.
create or replace function app.erasure_obstacles(p_guest_id uuid)
returns table (slug text, booking_id uuid, property_code text, check_in date, check_out date, currency text, balance numeric)
language sql
stable
set search_path = ''
as $$
  select 'guest_has_a_stay', b.id, p.code, b.check_in, b.check_out, null::text, null::numeric
  from public.bookings as b
  join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
  where b.tenant_id = app.tenant_id() and b.guest_id = p_guest_id
    and b.status not in ('cancelled', 'no_show') and b.checkin_status <> 'CHECKED_OUT'
    and (b.checkin_status = 'CHECKED_IN' or b.check_out >= app.today(b.property_id))
  union all
  select 'folio_not_settled', b.id, p.code, b.check_in, b.check_out, f.currency, o.balance
  from public.bookings as b
  join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
  join public.folios as f on f.tenant_id = b.tenant_id and f.booking_id = b.id
  cross join lateral (select app.folio_balance(f.id) as balance) as o
  where b.tenant_id = app.tenant_id() and b.guest_id = p_guest_id
    and f.closed_at is null and o.balance <> 0
$$;

comment on function app.erasure_obstacles(uuid) is
  'Stays in house or expected, also by a draft, and open folios that are not nothing, a row each. None: the guest can be erased.';
