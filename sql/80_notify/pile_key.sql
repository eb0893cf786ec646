-- pile_key: what an alert about an address is known by, without saying it.
-- Of a guest neither the address nor a digest of it, which is found by trying all numbers: the booking says who it is.
create or replace function app.pile_key(p_channel text, p_recipient text, p_booking_id uuid)
returns text
language sql
immutable
parallel safe
begin atomic
  select 'pile:' || p_channel || ':' || case when p_channel in ('whatsapp', 'sms', 'email') then p_booking_id::text else p_recipient end;
end;

comment on function app.pile_key(text, text, uuid) is 'pile:, the channel, and the guest''s booking or the team''s channel; null: somebody without a booking, of whom no alert is raised.';
