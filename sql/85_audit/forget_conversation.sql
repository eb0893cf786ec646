-- forget_conversation: what a guest wrote, and what is kept under the guest's phones, also those of before.
-- may:      called by make_guest_nobody
-- refuses:  nothing
-- then:     that somebody wrote or agreed stays, and when; what another guest wrote from the same phone stays, and a number that is also another's stays suppressed
create or replace function app.forget_conversation(p_guest public.guests, p_booking_ids uuid[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_addresses text[] := array(
    select k.address
    from (select unnest(array[p_guest.phone, p_guest.email])
          union
          select c.address from notify.consents as c where c.tenant_id = p_guest.tenant_id and c.guest_id = p_guest.id) as k (address)
    where not exists (
      select from public.guests as g where g.tenant_id = p_guest.tenant_id and k.address in (g.phone, g.email) and g.id <> p_guest.id));
begin
  update notify.inbound_messages as m
  set address = '•••', body = '', media = '[]'
  where m.tenant_id = p_guest.tenant_id
    and (m.booking_id = any (p_booking_ids) or m.booking_id is null and m.address = any (v_addresses));
  -- what went to the number while nobody knew whose it was
  perform app.blank_messages(array(
    select n.id from public.notification_log as n
    where n.tenant_id = p_guest.tenant_id and n.booking_id is null and n.recipient = any (v_addresses)));
  update notify.consents as c
  set address = '•••', proof = '{}'
  where c.tenant_id = p_guest.tenant_id and c.address = any (v_addresses) and (c.guest_id is null or c.guest_id = p_guest.id);
  delete from notify.suppressions as s
  where s.tenant_id = p_guest.tenant_id and s.address = any (v_addresses);
end
$$;

comment on function app.forget_conversation(public.guests, uuid[]) is 'Takes phones and words out of inbound messages and consents, and drops what suppressed the numbers and the mailbox: nobody is left to write to. What came from a shared phone goes only with the stay that it belonged to.';
