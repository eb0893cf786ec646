-- command_checks: what a command asks of whoever calls it.
create or replace function app.command_checks(p_command text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_command record;
  v_kinds text;
  v_passes boolean;
  v_checks jsonb;
  v_needs_proof boolean;
begin
  select * into v_command from app.command_rights(p_command) as c where c.command = p_command;
  if not found then
    return null;
  end if;
  select string_agg(app.access_sentence('kind.' || t), ', ' order by t) into v_kinds from unnest(v_command.session_types) as t;
  v_passes := app.session_role() = any (v_command.session_types);
  v_checks := app.access_check('session_type', v_passes, app.access_sentence(
    case when v_passes then 'session_type.passed' else 'session_type.failed' end, coalesce(v_kinds, '–')));

  if app.session_role() = 'guest' then
    select bool_or(p.prosrc ~ '\mapp\.require_identified\(') into v_needs_proof
    from pg_catalog.pg_proc as p where p.pronamespace = 'api'::regnamespace and p.proname = p_command;
    if v_needs_proof then
      v_checks := v_checks || case
        when app.level() = 'identified' then app.access_check('level', true, app.access_sentence('level.passed'))
        when app.level() = 'context' then app.access_check('level', null, app.access_sentence('level.depends'))
        else app.access_check('level', false, app.access_sentence('level.failed')) end;
    end if;
  elsif v_command.needs = '{}' then
    v_checks := v_checks || app.access_check('permission', true, app.access_sentence('permission.none'));
  else
    v_checks := v_checks || app.permission_checks(v_command.needs);
  end if;
  if app.is_agent() and not v_command.is_read and p_command not in ('portal_submit_request', 'add_request_comment') then
    v_checks := v_checks || app.access_check('agent', false, app.access_sentence('agent.failed'));
  end if;
  return v_checks;
end
$$;

comment on function app.command_checks(text) is 'Checks for a command: session type, permissions, a guest''s level, the assistant''s limits; null when there is no such command.';
