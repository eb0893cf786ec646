-- forget_conversation: what a guest wrote, and what is kept under the guest's phones, also those of before.
-- may:      called by make_guest_nobody
-- refuses:  nothing
-- then:     that somebody wrote or agreed stays, and when; a number that is also another guest's stays suppressed
create or replace function app.forget_conversation(p_guest public.guests, p_booking_ids uuid[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_phones text[] := array(
    select k.phone
    from (select p_guest.phone
          union
          select c.address from notify.consents as c where c.tenant_id = p_guest.tenant_id and c.guest_id = p_guest.id) as k (phone)
    where not exists (
      select from public.guests as g where g.tenant_id = p_guest.tenant_id and g.phone = k.phone and g.id <> p_guest.id));
begin
  update notify.inbound_messages as m
  set address = '•••', body = '', media = '[]'
  where m.tenant_id = p_guest.tenant_id
    and (m.booking_id = any (p_booking_ids) or m.address = p_guest.phone or m.address = any (v_phones));
  update notify.consents as c
  set address = '•••', proof = '{}'
  where c.tenant_id = p_guest.tenant_id and c.address = any (v_phones);
  delete from notify.suppressions as s
  where s.tenant_id = p_guest.tenant_id and s.address = any (v_phones);
end
$$;

comment on function app.forget_conversation(public.guests, uuid[]) is 'Takes phones and words out of inbound messages and consents, and drops what suppressed the numbers: nobody is left to write to.';
