-- is_forgotten: whether nobody knows any more to whom a message went, or what it said.
create or replace function app.is_forgotten(p_message public.notification_log)
returns boolean
language sql
immutable
parallel safe
begin atomic
  select p_message.recipient is not distinct from '•••'
    or (p_message.channel = 'slack' and p_message.variables = '{}' and coalesce(p_message.booking_id, p_message.request_id) is not null);
end;

comment on function app.is_forgotten(public.notification_log) is 'True once app.blank_messages has been over it: its guest was erased, or it is older than messages are kept. Of a team the channel stays, and the words about a stay or a request are gone.';
