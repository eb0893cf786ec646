-- send_menu_form: the way to the next breakfast, lunch or dinner goes to the guests.
-- may:      called by run_job
-- refuses:  nothing
-- then:     {asked: guests}; unfinished while a batch is full
-- definer because the tick is not bound by row level security, and this is.
create or replace function app.send_menu_form(p_run app.job_runs)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  return app.ask_for_orders(p_run, 'menu_form');
end
$$;

alter function app.send_menu_form(app.job_runs) owner to engine;
comment on function app.send_menu_form(app.job_runs) is 'Sends the WhatsApp form of a menu at its form_at: the link to order the next serving that is not locked.';
revoke all on function app.send_menu_form(app.job_runs) from public, service;
