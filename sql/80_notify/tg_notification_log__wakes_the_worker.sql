-- wakes_the_worker: a statement that queues notifications wakes a sleeping worker, once.
create or replace function app.tg_notification_log__wakes_the_worker()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.wake('outbox');
  return null;
end
$$;

comment on function app.tg_notification_log__wakes_the_worker() is 'Statement-level: wakes the outbox worker after an insert, if it sleeps.';

create or replace trigger wakes_the_worker
  after insert on public.notification_log
  for each statement execute function app.tg_notification_log__wakes_the_worker();
