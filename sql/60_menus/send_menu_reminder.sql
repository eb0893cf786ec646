-- send_menu_reminder: who has not ordered yet is reminded while there is time.
-- may:      called by run_job
-- refuses:  nothing
-- then:     {asked: guests}; unfinished while a batch is full
-- definer because the tick is not bound by row level security, and this is.
create or replace function app.send_menu_reminder(p_run app.job_runs)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  return app.ask_for_orders(p_run, 'menu_reminder');
end
$$;

alter function app.send_menu_reminder(app.job_runs) owner to engine;
comment on function app.send_menu_reminder(app.job_runs) is 'Sends the reminder of a menu at its reminder_at to guests without an order for the next serving that is not locked.';
revoke all on function app.send_menu_reminder(app.job_runs) from public, service;
