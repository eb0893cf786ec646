-- quoted_for_request: what a change of the stay that waits for a decision would cost now.
create or replace function app.quoted_for_request(p_request portal.requests)
returns numeric
language sql
stable
set search_path = ''
as $$
  select least((p_request.details ->> 'quoted')::numeric, (
    select app.price_of_hours(b, p_request.subtype)
    from public.bookings as b
    where b.tenant_id = p_request.tenant_id and b.id = p_request.booking_id
      and p_request.subtype in ('late_checkout', 'early_checkin') and not p_request.details ? 'amount'))
$$;

comment on function app.quoted_for_request(portal.requests) is
  'In the booking''s currency: as quoted when it was wished, or less where another hour was agreed meanwhile; null where nothing was quoted.';
