-- falls_back: a guest's message that did not arrive takes the next way; one that arrives late calls that off.
-- A formal mail has no other way: its alert is for a human, and where it may not leave, a task.
create or replace function app.tg_notification_log__falls_back()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if new.state in ('failed', 'dead', 'suppressed') then
    perform app.fall_back(new);
  else
    perform app.note_reached(new);
  end if;
  return null;
end
$$;

comment on function app.tg_notification_log__falls_back() is
  'Leads guests'' messages down the ladder and up again, templates and answers alike. Slack is not on it. A higher fence: it was tried more than once, by us or by a human.';

create or replace trigger falls_back
  after update of state on public.notification_log
  for each row when (
    old.state is distinct from new.state and new.booking_id is not null
    and ((new.channel in ('whatsapp', 'sms') or (new.channel = 'email' and new.fallback_of is not null))
         and (new.state in ('failed', 'dead', 'suppressed')
              or ((new.state in ('delivered', 'read') or (new.channel = 'email' and new.state = 'sent'))
                  and (new.fallback_of is not null or old.state in ('failed', 'dead') or old.unheard_at is not null or new.fence > 1)))
         or (new.channel = 'email' and new.state = 'suppressed')))
  execute function app.tg_notification_log__falls_back();

create or replace trigger falls_back_at_once
  after insert on public.notification_log
  for each row when (new.error_code = 'guest_has_no_phone' and new.booking_id is not null)
  execute function app.tg_notification_log__falls_back();
