-- workflow_system_problems: what the system does by itself, and a workflow would not let it.
create or replace function app.workflow_system_problems(p_type jsonb)
returns text[]
language sql
stable
set search_path = ''
as $$
  with
  -- what is given along
  own (slug, key, given) as (values
    (null, 'expire', null), (null, p_type #>> '{workflow,on_submission}', null),
    ('menu_order', 'lock', null), ('booking_action', 'complete', null), ('cleaning', 'skip', 'reason')),
  taken as (
    select o.key, o.given, p_type #> array['workflow', 'actions', o.key] as action
    from own as o
    where o.key is not null and (o.slug is null or o.slug = p_type ->> 'slug')),
  problems as (
    select format('The system takes "%s" by itself; the action has to be there.', t.key) as problem
    from taken as t where t.action is null
    union all
    select format('The system takes "%s" by itself and cannot answer "%s": it must not be required.', t.key, f.key)
    from taken as t
    cross join lateral jsonb_each(app.object_or_empty(t.action -> 'requires')) as f
    where f.key is distinct from t.given and coalesce((f.value ->> 'required')::boolean, true)
    union all
    select format('The action at submission, "%s", does not lead from the first status.', t.key)
    from taken as t
    where t.key = p_type #>> '{workflow,on_submission}'
      and not app.action_leads_from(p_type -> 'workflow', t.action, p_type #>> '{workflow,initial}'))
  select coalesce(array_agg(distinct problem order by problem), '{}') from problems
$$;

comment on function app.workflow_system_problems(jsonb) is
  'Sentences about actions of a readable document that no person takes: at submission, when a stay ends, when an order is locked. Nobody is there to be asked for anything.';
