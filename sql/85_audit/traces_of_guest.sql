-- traces_of_guest: the bookings, requests and messages that are about a guest.
create or replace function app.traces_of_guest(
  p_guest_id uuid,
  out booking_ids uuid[],
  out request_ids uuid[],
  out message_ids uuid[]
)
returns record
language plpgsql
stable
set search_path = ''
as $$
begin
  booking_ids := array(
    select b.id from public.bookings as b where b.tenant_id = app.tenant_id() and b.guest_id = p_guest_id);
  request_ids := array(
    select r.id from portal.requests as r
    where r.tenant_id = app.tenant_id() and (r.guest_id = p_guest_id or r.booking_id = any (booking_ids)));
  message_ids := array(
    select n.id from public.notification_log as n
    where n.tenant_id = app.tenant_id() and (n.booking_id = any (booking_ids) or n.request_id = any (request_ids)));
end
$$;

comment on function app.traces_of_guest(uuid) is 'Ids of what is about a guest, also after an erasure.';
