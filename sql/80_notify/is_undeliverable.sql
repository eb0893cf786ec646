-- is_undeliverable: whether a provider's code says for good that a number does not get the message.
-- Twilio's: no such address or recipient, opted out there, outside the window, not a mobile, unreachable, unknown, landline.
create or replace function app.is_undeliverable(p_error_code text)
returns boolean
language sql
immutable
parallel safe
set search_path = ''
as $$
  select coalesce(p_error_code in (
    '63003', '63024', '63016', '63032', '63049', '21211', '21408', '21610', '21614', '30003', '30004', '30005', '30006', '30007'), false)
$$;

comment on function app.is_undeliverable(text) is 'True for codes after which no delivery follows. Others, as 30008 (unknown error), may still be followed by one.';
