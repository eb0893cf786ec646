-- card_actions: what can be done with a request from its card in Slack.
create or replace function app.card_actions(p_request_id uuid, p_language text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_agg(jsonb_build_object(
      'key', a.key,
      'label', coalesce(a.value -> 'label' ->> p_language, a.value -> 'label' ->> 'en'),
      'style', case when x.is_refusal then 'danger' else 'primary' end,
      'status', r.status,
      'inputs', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'key', f.key, 'type', f.value ->> 'type',
            'label', coalesce(f.value -> 'label' ->> p_language, f.value -> 'label' ->> 'en', f.key),
            'value', case f.value ->> 'type' when 'money' then trim_scale(app.quoted_for_request(r))::text end)), '[]')
        from jsonb_each(x.asked) as f))
    order by x.is_refusal, (a.value ->> 'position')::integer, a.key)
  from portal.requests as r
  join portal.workflow_versions as v on v.tenant_id = r.tenant_id and v.id = r.workflow_version_id
  cross join jsonb_each(v.workflow -> 'actions') as a
  cross join lateral (
    select coalesce(v.workflow #>> array['statuses', a.value ->> 'to', 'outcome'], '') in ('declined', 'cancelled', 'failure', 'skipped') as is_refusal,
           (select coalesce(jsonb_object_agg(f.key, f.value), '{}')
            from jsonb_each(coalesce(a.value -> 'requires', '{}')) as f
            where coalesce((f.value ->> 'required')::boolean, true)) as asked) as x
  where r.tenant_id = app.tenant_id()
    and r.id = p_request_id
    and exists (select from notify.senders as s where s.tenant_id = r.tenant_id and s.channel = 'slack')
    and (a.value -> 'by') ? 'staff'
    and app.action_leads_from(v.workflow, a.value, r.status)
    -- the usual next step without a question; of an approval both answers
    and case when a.value ->> 'permission' = 'hotel:requests:approve'
             then not exists (select from jsonb_each(x.asked) as f where f.value ->> 'type' not in ('money', 'text'))
             else not x.is_refusal and x.asked = '{}'
                  and (v.workflow -> 'path') ? coalesce(v.workflow #>> array['statuses', a.value ->> 'to', 'step'], a.value ->> 'to') end
$$;

comment on function app.card_actions(uuid, text) is
  '[{key, label, style primary | danger, status, inputs: [{key, type money | text, label, value}]}] as a request stands now; null where there is nothing to press, or the tenant''s Slack workspace is not known. Who may is asked when a button is pressed.';
