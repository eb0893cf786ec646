-- state_never_regresses: what the provider has said is not taken back by a late or repeated word.
-- Only a claim and a replay, which raise the fence, may send a settled row again.
create or replace function app.tg_notification_log__state_never_regresses()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if coalesce(app.notification_rank(new.state), 0) < app.notification_rank(old.state) and new.fence = old.fence then
    new.state := old.state;
    new.lease_until := old.lease_until;
    new.next_lookup_at := old.next_lookup_at;
    new.error_code := old.error_code;
    new.error_message := old.error_message;
  end if;
  return new;
end
$$;

comment on function app.tg_notification_log__state_never_regresses() is
  'Keeps the higher of two ranked states (sent < failed < delivered < read) unless the fence was raised.';

create or replace trigger state_never_regresses
  before update of state on public.notification_log
  for each row when (old.state is distinct from new.state and old.state in ('sent', 'failed', 'delivered', 'read'))
  execute function app.tg_notification_log__state_never_regresses();
