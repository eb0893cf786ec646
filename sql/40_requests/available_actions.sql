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
      'style', case x.weight when 0 then 'main' when 1 then 'plain' else 'danger' end,
      'requires', (
        select coalesce(jsonb_object_agg(f.key, (f.value - 'by') || jsonb_build_object(
            'label', app.label(f.value -> 'label'),
            'required', coalesce((f.value ->> 'required')::boolean, true))), '{}')
        from jsonb_each(a.value -> 'requires') as f
        where not f.value ? 'by' or (f.value -> 'by') ? p_kind))
    order by x.weight, (a.value ->> 'position')::integer, a.key), '[]')
  from jsonb_each(p_workflow -> 'actions') as a
  cross join lateral (
    select case
      when p_workflow #>> array['statuses', a.value ->> 'to', 'outcome'] in ('declined', 'cancelled', 'failure', 'skipped') then 2
      when (p_workflow -> 'path') ? coalesce(p_workflow #>> array['statuses', a.value ->> 'to', 'step'], a.value ->> 'to') then 0
      else 1
    end as weight) as x
  where (a.value -> 'by') ? p_kind
    and app.action_leads_from(p_workflow, a.value, p_status)
    and (p_kind <> 'guest' or not a.value ? 'guest_from' or (a.value -> 'guest_from') ? p_status)
    and (p_kind <> 'staff' or app.can(coalesce(a.value ->> 'permission', 'hotel:requests:write')));
end;

comment on function app.available_actions(jsonb, text, text) is
  'What guest or staff may do with a request in a status: [{key, label, to, to_label, style, requires}], the next step of the usual path first, refusals last (style main, plain, danger). Labels in the viewer''s language.';
select app.grant_to_readers('app.available_actions(jsonb, text, text)');
