-- tg_clock__plans_follow: a test clock that goes back has its jobs before it again; one that goes on finds them due.
-- not for the demo, which goes back and returns within a transaction to lay what has been: no job was missed by that.
create or replace function app.tg_clock__plans_follow()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  update app.job_plans as p
  set next_at = least(p.next_at, app.next_slot(h.time_zone, p.at_time, j.every))
  from app.jobs as j, public.properties as h
  where j.key = p.job and h.tenant_id = p.tenant_id and h.id = p.property_id and new.shift < old.shift
    and coalesce(current_setting('seed.data', true), '') = '';
  return null;
end
$$;

comment on function app.tg_clock__plans_follow() is 'Development: plans no job later than the clock that went back has it.';

create or replace trigger clock__plans_follow
  after update on app.clock
  for each row execute function app.tg_clock__plans_follow();
