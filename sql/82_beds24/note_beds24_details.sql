-- note_beds24_details: heads, price and contact data follow Beds24 where it says something new.
-- may:      called by change_beds24_stay
-- refuses:  nothing
-- then:     contact data that we have is kept; what is missing is filled in
create or replace function app.note_beds24_details(p_booking_id uuid, p_was jsonb, p_stay jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update public.bookings as b
  set adults = case when p_was -> 'adults' is distinct from p_stay -> 'adults' then (p_stay ->> 'adults')::integer else b.adults end,
      children = case when p_was -> 'children' is distinct from p_stay -> 'children' then (p_stay ->> 'children')::integer else b.children end,
      total_price = case when v.is_price_new then (p_stay ->> 'price')::numeric else b.total_price end,
      nightly_rate = case when v.is_price_new
        then trunc((p_stay ->> 'price')::numeric / greatest(b.nights, 1), app.currency_exponent(b.currency)) else b.nightly_rate end,
      updated_at = app.now()
  from (select (p_was -> 'price') is distinct from (p_stay -> 'price') and p_stay ->> 'price' is not null as is_price_new) as v
  where b.tenant_id = app.tenant_id() and b.id = p_booking_id and b.checkin_status <> 'CHECKED_OUT'
    and (v.is_price_new or (p_was -> 'adults', p_was -> 'children') is distinct from (p_stay -> 'adults', p_stay -> 'children'));

  update public.guests as g
  set phone = coalesce(g.phone, p_stay -> 'guest' ->> 'phone'), email = coalesce(g.email, p_stay -> 'guest' ->> 'email'), updated_at = app.now()
  from public.bookings as b
  where b.tenant_id = app.tenant_id() and b.id = p_booking_id and g.tenant_id = b.tenant_id and g.id = b.guest_id and g.erased_at is null
    and ((g.phone is null and p_stay -> 'guest' ->> 'phone' is not null) or (g.email is null and p_stay -> 'guest' ->> 'email' is not null));
end
$$;

comment on function app.note_beds24_details(uuid, jsonb, jsonb) is 'Of a version: adults, children, total price; the guest''s phone and e-mail where we have none.';
