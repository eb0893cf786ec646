-- what_is_forgotten_ends: a message whose guest was erased while it was on its way is not tried again.
create or replace function app.tg_notification_log__what_is_forgotten_ends()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  new.state := 'cancelled';
  new.lease_until := null;
  new.next_lookup_at := null;
  return new;
end
$$;

comment on function app.tg_notification_log__what_is_forgotten_ends() is
  'Whatever comes back of it (failed for now or for good, held back, unknown, its worker gone), nobody is left to write to, to look for or to ask about.';

create or replace trigger what_is_forgotten_ends
  before update of state on public.notification_log
  for each row when (old.state is distinct from new.state and new.state in ('queued', 'unknown', 'suppressed', 'dead') and app.is_forgotten(new))
  execute function app.tg_notification_log__what_is_forgotten_ends();
