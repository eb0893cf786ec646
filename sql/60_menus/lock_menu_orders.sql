-- lock_menu_orders: every five minutes at each property, what is to be cooked soon is locked.
-- may:      called by run_job
-- refuses:  nothing
-- then:     {locked: orders}; unfinished while a batch is full
create or replace function app.lock_menu_orders(p_run app.job_runs)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_locked integer := app.lock_due_orders(p_run.property_id);
begin
  return jsonb_build_object('locked', v_locked, 'is_unfinished', v_locked >= 500);
end
$$;

comment on function app.lock_menu_orders(app.job_runs) is
  'Locks orders of servings within their menu''s lock_minutes_before. What an order may still do is decided by the time, so a late run changes nothing.';
revoke all on function app.lock_menu_orders(app.job_runs) from public, engine, service;
