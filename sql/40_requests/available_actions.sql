-- available_actions: the buttons of a request for whoever looks at it.
create or replace function app.available_actions(p_workflow jsonb, p_status text, p_kind text)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select coalesce(jsonb_agg(jsonb_build_object(
      'key', a.key,
      'label', app.label(a.value -> 'label'),
      'to', a.value ->> 'to',
      'to_label', app.label(p_workflow #> array['statuses', a.value ->> 'to', 'label']),
      'style', coalesce(a.value ->> 'style', 'plain'),
      'requires', (
        select coalesce(jsonb_object_agg(f.key, (f.value - 'by') || jsonb_build_object(
            'label', app.label(f.value -> 'label'),
            'required', coalesce((f.value ->> 'required')::boolean, true))), '{}')
        from jsonb_each(a.value -> 'requires') as f
        where not f.value ? 'by' or (f.value -> 'by') ? p_kind))
    order by case a.value ->> 'style' when 'main' then 0 when 'danger' then 2 else 1 end, (a.value ->> 'position')::integer), '[]')
  from jsonb_each(p_workflow -> 'actions') as a
  where (a.value -> 'by') ? p_kind
    and app.action_leads_from(p_workflow, a.value, p_status)
    and (p_kind <> 'guest' or not a.value ? 'guest_from' or (a.value -> 'guest_from') ? p_status)
    and (p_kind <> 'staff' or app.can(coalesce(a.value ->> 'permission', 'hotel:requests:write')));
end;

comment on function app.available_actions(jsonb, text, text) is
  'What guest or staff may do with a request in a status: [{key, label, to, to_label, style, requires}], the usual next step first, refusals last. Labels in the viewer''s language.';
grant execute on function app.available_actions(jsonb, text, text) to public;
