-- stop_means_cleaning: what STOP answers, the last thing that was asked.
create or replace function app.stop_means_cleaning(p_booking public.bookings, p_phone text, p_message_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  -- said twice within a day it means everything
  if exists (
       select from notify.inbound_messages as m
       where m.tenant_id = p_booking.tenant_id and m.address = p_phone and m.command = 'stop'
         and m.received_at > app.now() - interval '24 hours' and m.id <> p_message_id) then
    return false;
  end if;
  return p_booking.checkin_status <> 'CHECKED_OUT' and (p_booking.auto_daily_cleaning or exists (
    select from public.notification_log as n
    where n.tenant_id = p_booking.tenant_id and n.booking_id = p_booking.id and n.event_key = 'checkin_welcome_cleaning_opt_in'
      and n.state not in ('suppressed', 'cancelled') and coalesce(n.sent_at, n.created_at) > app.now() - interval '24 hours'));
end
$$;

comment on function app.stop_means_cleaning(public.bookings, text, uuid) is
  'True within 24 hours of a cleaning question, or with daily cleaning on; said again within 24 hours it is about all messages.';
