-- forget_conversation: what a guest wrote, and what is kept under the guest's phone.
-- may:      called by make_guest_nobody
-- refuses:  nothing
-- then:     that somebody wrote or agreed stays, and when; a number that is also another guest's stays suppressed
create or replace function app.forget_conversation(p_guest public.guests, p_booking_ids uuid[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update notify.inbound_messages as m
  set address = '•••', body = '', media = '[]'
  where m.tenant_id = p_guest.tenant_id and (m.booking_id = any (p_booking_ids) or m.address = p_guest.phone);
  if exists (select from public.guests as g where g.tenant_id = p_guest.tenant_id and g.phone = p_guest.phone and g.id <> p_guest.id) then
    return;
  end if;
  update notify.consents as c
  set address = '•••', proof = '{}'
  where c.tenant_id = p_guest.tenant_id and (c.guest_id = p_guest.id or c.address = p_guest.phone);
  delete from notify.suppressions as s
  where s.tenant_id = p_guest.tenant_id and s.address = p_guest.phone;
end
$$;

comment on function app.forget_conversation(public.guests, uuid[]) is 'Takes phone and words out of inbound messages and consents, and drops what suppressed the number: nobody is left to write to.';
