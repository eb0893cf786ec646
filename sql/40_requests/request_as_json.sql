-- request_as_json: a request as commands answer it.
-- plpgsql, which keeps its plan: a function in plain sql is planned anew in every transaction.
create or replace function app.request_as_json(p_request_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'id', r.id,
      'number', r.number,
      'type_slug', r.type_slug,
      'subtype', r.subtype,
      'title', app.label(r.title),
      'status', r.status,
      'status_label', app.label(case when app.session_role() = 'guest'
        then coalesce(v.workflow #> array['statuses', r.status, 'guest_label'], v.workflow #> array['statuses', r.status, 'label'])
        else v.workflow #> array['statuses', r.status, 'label'] end),
      'phase', r.phase,
      'outcome', r.outcome,
      'property_id', r.property_id,
      'booking_id', r.booking_id,
      'scheduled_for', r.scheduled_for,
      'severity', r.severity,
      'total', r.total,
      'currency', r.currency,
      'note', r.note,
      'created_at', r.created_at,
      'updated_at', r.updated_at,
      'lines', (select coalesce(jsonb_agg(jsonb_build_object('sku', l.sku, 'name', app.label(l.name), 'quantity', l.quantity,
                                                             'unit_price', l.unit_price, 'is_complimentary', l.is_complimentary)
                                          order by l.line_number), '[]')
                from portal.request_lines as l where l.tenant_id = r.tenant_id and l.request_id = r.id))
    from portal.requests as r
    join portal.workflow_versions as v on v.tenant_id = r.tenant_id and v.id = r.workflow_version_id
    where r.tenant_id = app.tenant_id() and r.id = p_request_id);
end
$$;

comment on function app.request_as_json(uuid) is 'A request with its lines in the caller''s language, as commands answer it.';
