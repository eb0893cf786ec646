-- request_variables: what messages about a request may say.
-- plpgsql, which keeps its plan: a function in plain sql is planned anew in every transaction.
create or replace function app.request_variables(p_request portal.requests)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'number', p_request.number,
      'title', p_request.title,
      'type', p_request.type_slug,
      'type_label', t.label,
      'status', p_request.status,
      'status_label', v.workflow #> array['statuses', p_request.status, 'label'],
      'guest_status_label', coalesce(v.workflow #> array['statuses', p_request.status, 'guest_label'], v.workflow #> array['statuses', p_request.status, 'label']),
      'room', r.room_number,
      'guest_name', (select b.guest_name from public.bookings as b where b.tenant_id = p_request.tenant_id and b.id = p_request.booking_id),
      'note', p_request.note,
      'dietary_notes', case t.team_key when 'kitchen' then (
        select nullif(btrim(g.dietary_notes), '') from public.guests as g where g.tenant_id = p_request.tenant_id and g.id = p_request.guest_id) end,
      'severity', p_request.severity,
      'scheduled_for', p_request.scheduled_for,
      'driver', p_request.driver,
      'assignee', (select m.display_name from identity.memberships as m where m.tenant_id = p_request.tenant_id and m.id = p_request.assignee_id),
      'assignee_slack', (select m.slack_user_id from identity.memberships as m where m.tenant_id = p_request.tenant_id and m.id = p_request.assignee_id),
      'total', p_request.total,
      'currency', p_request.currency,
      'property', p.name,
      'actor', app.actor_name(),
      'lines', coalesce(
        (select jsonb_agg(jsonb_build_object('name', l.name, 'quantity', l.quantity) order by l.line_number)
         from portal.request_lines as l where l.tenant_id = p_request.tenant_id and l.request_id = p_request.id),
        app.menu_order_lines(p_request.id)))
    from portal.request_types as t
    join portal.workflow_versions as v on v.tenant_id = t.tenant_id and v.id = p_request.workflow_version_id
    join public.properties as p on p.tenant_id = t.tenant_id and p.id = p_request.property_id
    left join public.rooms as r on r.tenant_id = t.tenant_id and r.id = p_request.room_id
    where t.tenant_id = p_request.tenant_id and t.id = p_request.request_type_id);
end
$$;

comment on function app.request_variables(portal.requests) is
  'Variables for templates and Slack about a request. Texts that depend on the reader are {language: text}; amounts are numbers with their currency. What a guest''s profile says of their diet goes to the kitchen alone.';
