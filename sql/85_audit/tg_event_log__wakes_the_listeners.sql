-- wakes_the_listeners: a statement that writes events wakes a sleeping listener, once.
create or replace function app.tg_event_log__wakes_the_listeners()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.wake('events');
  return null;
end
$$;

comment on function app.tg_event_log__wakes_the_listeners() is 'Statement-level: wakes the process that streams events after an insert, if it sleeps.';

create or replace trigger wakes_the_listeners
  after insert on public.event_log
  for each statement execute function app.tg_event_log__wakes_the_listeners();
