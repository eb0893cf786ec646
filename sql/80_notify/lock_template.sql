-- lock_template: the template a command changes.
-- may:      called by the commands on templates
-- refuses:  template_not_found
-- then:     its row is locked
create or replace function app.lock_template(p_template_id uuid)
returns notify.templates
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_template notify.templates;
begin
  -- lock
  select t.* into v_template from notify.templates as t where t.tenant_id = app.tenant_id() and t.id = p_template_id for no key update;
  if not found then
    raise exception 'There is no such message text.' using errcode = 'PT404', detail = 'template_not_found', hint = 'Reload the page.';
  end if;
  return v_template;
end
$$;

comment on function app.lock_template(uuid) is 'A template of the tenant, locked.';
