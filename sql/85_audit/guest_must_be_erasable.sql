-- guest_must_be_erasable: nothing is still to come of the guest, and nothing is owed.
-- may:      called by erase_guest and apply_retention
-- refuses:  guest_has_a_stay, folio_not_settled
-- then:     nothing
create or replace function app.guest_must_be_erasable(p_guest_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if exists (
    select from public.bookings as b
    where b.tenant_id = app.tenant_id() and b.guest_id = p_guest_id
      and b.status not in ('cancelled', 'no_show') and b.checkin_status <> 'CHECKED_OUT'
      and (b.checkin_status = 'CHECKED_IN' or b.check_out >= app.today(b.property_id))) then
    raise exception 'The guest is in house or still expected.'
      using errcode = 'PT409', detail = 'guest_has_a_stay', hint = 'Check the guest out or cancel the booking first.';
  end if;
  if exists (
    select from public.bookings as b
    join public.folios as f on f.tenant_id = b.tenant_id and f.booking_id = b.id
    where b.tenant_id = app.tenant_id() and b.guest_id = p_guest_id
      and f.closed_at is null and app.folio_balance(f.id) <> 0) then
    raise exception 'A folio of the guest is still open.'
      using errcode = 'PT409', detail = 'folio_not_settled', hint = 'Settle it first.';
  end if;
end
$$;

comment on function app.guest_must_be_erasable(uuid) is 'Refuses a guest who is in house or expected, also by a draft, and one with an open folio that is not nothing.';
