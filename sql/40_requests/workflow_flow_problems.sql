-- workflow_flow_problems: what is wrong with the way a workflow leads.
create or replace function app.workflow_flow_problems(p_type jsonb)
returns text[]
language sql
stable
set search_path = ''
as $$
  with recursive
  workflow as (select p_type -> 'workflow' as w),
  statuses as (
    select s.key, s.value as status, s.value ->> 'phase' as phase
    from workflow, jsonb_each(w -> 'statuses') as s),
  actions as (
    select a.key, a.value as action, a.value ->> 'to' as target
    from workflow, jsonb_each(w -> 'actions') as a),
  edges as (
    select s.key as source, a.target, a.key as action
    from workflow, statuses as s, actions as a
    where app.action_leads_from(w, a.action, s.key)),
  reachable as (
    select w ->> 'initial' as key from workflow
    union
    select e.target from reachable as r join edges as e on e.source = r.key),
  ending as (
    select s.key from statuses as s where s.phase = 'closed'
    union
    select e.source from ending as x join edges as e on e.target = x.key and e.action not in ('cancel', 'expire')),
  named as (
    select 'status ' || key as what, status as node from statuses
    union all select 'action ' || key, action from actions
    union all select 'type', p_type),
  problems as (
    select format('The first status "%s" does not exist.', w ->> 'initial') as problem
    from workflow where not coalesce((w -> 'statuses') ? (w ->> 'initial'), false)
    union all
    select format('Status "%s" cannot be reached.', s.key) from statuses as s where s.key not in (select key from reachable where key is not null)
    union all
    select format('Status "%s" has no way to an end but giving up.', s.key) from statuses as s where s.key not in (select key from ending)
    union all
    select format('Status "%s" has no known phase.', s.key) from statuses as s
    where s.phase is null or s.phase not in ('open', 'active', 'waiting', 'resolved', 'closed')
    union all
    select format('Status "%s" is closed and needs an outcome.', s.key) from statuses as s
    where s.phase = 'closed' and coalesce(s.status ->> 'outcome', '') not in ('success', 'declined', 'cancelled', 'expired', 'skipped', 'failure')
    union all
    select format('Status "%s" is not closed and has an outcome.', s.key) from statuses as s where s.phase <> 'closed' and s.status ? 'outcome'
    union all
    select format('Status "%s" is closed, yet an action leads on from it.', s.key) from statuses as s
    where s.phase = 'closed' and s.key in (select source from edges)
    union all
    select format('Action "%s" leads to "%s", which does not exist.', a.key, a.target) from actions as a
    where a.target is null or a.target not in (select key from statuses)
    union all
    select format('Action "%s" starts from "%s", which does not exist.', a.key, f.value)
    from actions as a, jsonb_array_elements_text(case when jsonb_typeof(a.action -> 'from') = 'array' then a.action -> 'from' else '[]' end) as f
    where f.value not in (select key from statuses)
    union all
    select format('Action "%s" is open to nobody.', a.key) from actions as a
    where coalesce(jsonb_typeof(a.action -> 'by'), '') <> 'array' or not (a.action -> 'by') ?| array['guest', 'staff', 'system']
    union all
    select format('Action "%s" asks for the permission "%s", which does not exist.', a.key, a.action ->> 'permission') from actions as a
    where a.action ->> 'permission' is not null and not exists (select from identity.permissions as p where p.key = a.action ->> 'permission')
    union all
    select format('Action "%s" asks for "%s" of a type nobody knows.', a.key, r.key) from actions as a, jsonb_each(coalesce(a.action -> 'requires', '{}')) as r
    where coalesce(r.value ->> 'type', '') not in ('text', 'timestamp', 'date', 'time', 'money', 'member', 'room_type', 'room', 'choice')
    union all
    select format('Action "%s" posts a charge of no known category.', a.key) from actions as a
    where jsonb_typeof(a.action -> 'posts_charge') = 'object'
      and coalesce(a.action #>> '{posts_charge,category}', '') not in (
        'by_subtype', 'room', 'room_service', 'grocery', 'airport_transfer', 'laundry', 'late_checkout', 'early_checkin', 'extension',
        'event', 'fee', 'adjustment', 'other')
    union all
    select format('Action "%s" posts a charge of no known amount.', a.key) from actions as a
    where jsonb_typeof(a.action -> 'posts_charge') = 'object' and coalesce(a.action #>> '{posts_charge,amount}', '') not in ('lines', 'input', 'price')
    union all
    select format('The action at submission, "%s", does not exist.', w ->> 'on_submission') from workflow
    where w ->> 'on_submission' is not null and not (w -> 'actions') ? (w ->> 'on_submission')
    union all
    select format('The path names "%s", which does not exist.', s.value) from workflow, jsonb_array_elements_text(coalesce(w -> 'path', '[]')) as s
    where s.value not in (select key from statuses)
    union all
    select format('The %s has no label in %s.', n.what, l.name) from named as n, (values ('en', 'English'), ('es', 'Spanish')) as l (code, name)
    where coalesce(btrim(n.node -> 'label' ->> l.code), '') = '')
  select coalesce(array_agg(problem order by problem), '{}') from problems
$$;

comment on function app.workflow_flow_problems(jsonb) is
  'Sentences about where a readable document leads: reachable statuses, an end for each with its outcome, known permissions, inputs and charges, labels in English and Spanish.';
