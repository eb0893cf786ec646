-- tg_menus__plan_jobs: a menu's form, reminder and summary hold from the moment they are set.
-- definer because who edits a menu has no right on the clock.
create or replace function app.tg_menus__plan_jobs()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.plan_job(p, j.job, new.slug, j.at, new.state = 'active' and j.at is not null)
  from public.properties as p
  cross join (values ('send_menu_form', new.form_at), ('send_menu_reminder', new.reminder_at), ('daily_menu_summary', new.summary_at)) as j (job, at)
  where p.tenant_id = new.tenant_id and p.id = new.property_id;
  return null;
end
$$;

alter function app.tg_menus__plan_jobs() owner to engine;
comment on function app.tg_menus__plan_jobs() is 'Plans a menu''s three jobs under its slug, each at the menu''s own time; off for a time left empty, and for a menu that is not active.';

create or replace trigger menus__plan_jobs
  after insert or update of state, form_at, reminder_at, summary_at on service_menus.menus
  for each row execute function app.tg_menus__plan_jobs();
