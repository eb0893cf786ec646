-- workflow_shape_problems: what in a request type's document cannot be read.
create or replace function app.workflow_shape_problems(p_type jsonb)
returns text[]
language sql
stable
set search_path = ''
as $$
  with
  wanted (path, types) as (values
    ('{slug}', '{string}'), ('{label}', '{object}'), ('{guest_label}', '{object,none}'), ('{icon}', '{string,none}'), ('{position}', '{number,none}'),
    ('{team}', '{string}'), ('{feature}', '{string,"null",none}'), ('{charge_category}', '{string,"null",none}'), ('{needs_identified}', '{boolean,none}'),
    ('{takes_items}', '{string,none}'), ('{catalog_kind}', '{string,"null",none}'), ('{asks}', '{object,none}'), ('{subtypes}', '{array,none}'),
    ('{is_offered}', '{boolean,none}'), ('{stuck_minutes}', '{number,none}'), ('{workflow}', '{object}'), ('{workflow,initial}', '{string}'), ('{workflow,on_submission}', '{string,"null",none}'), ('{workflow,alarm}', '{string,"null",none}'),
    ('{workflow,statuses}', '{object}'), ('{workflow,path}', '{array}'), ('{workflow,actions}', '{object}')),
  nodes as (
    select 'type' as what, p_type as node, 'type' as kind union all
    select 'action ' || a.key, a.value, 'action'
    from jsonb_each(app.object_or_empty(p_type #> '{workflow,actions}')) as a
    union all
    select 'status ' || s.key, s.value, 'status' from jsonb_each(app.object_or_empty(p_type #> '{workflow,statuses}')) as s
    union all
    select 'subtype ' || coalesce(s.value ->> 'key', s.ordinality::text), s.value, 'subtype'
    from jsonb_array_elements(app.array_or_empty(p_type -> 'subtypes')) with ordinality as s
    union all
    select 'input ' || f.key, f.value, 'input'
    from (select p_type -> 'asks' as fields
          union all
          select s.value -> 'asks' from jsonb_array_elements(app.array_or_empty(p_type -> 'subtypes')) as s
          union all
          select a.value -> 'requires' from jsonb_each(app.object_or_empty(p_type #> '{workflow,actions}')) as a) as x,
         jsonb_each(app.object_or_empty(x.fields)) as f),
  node_wanted (kind, key, types) as (values
    ('action', 'label', '{object}'), ('action', 'to', '{string}'), ('action', 'from', '{array,string}'), ('action', 'by', '{array}'),
    ('action', 'guest_from', '{array,none}'), ('action', 'position', '{number,none}'), ('action', 'permission', '{string,"null",none}'),
    ('action', 'requires', '{object,none}'), ('action', 'notify_guest_on_action', '{boolean,"null",none}'), ('action', 'slack', '{string,"null",none}'),
    ('action', 'posts_charge', '{object,"null",none}'), ('action', 'can_be_undone', '{boolean,none}'), ('action', 'changes_booking', '{boolean,none}'), ('action', 'guest_message', '{string,none}'),
    ('action', 'room_becomes', '{string,none}'), ('status', 'phase', '{string}'), ('status', 'label', '{object}'),
    ('status', 'guest_label', '{object,none}'), ('status', 'step', '{string,none}'), ('subtype', 'key', '{string}'), ('subtype', 'label', '{object}'),
    ('subtype', 'price', '{object,"null",none}'), ('subtype', 'by', '{array,none}'), ('subtype', 'states', '{array,none}'), ('subtype', 'asks', '{object,none}'), ('input', 'type', '{string}'), ('input', 'label', '{object,none}'),
    ('input', 'required', '{boolean,none}'), ('input', 'options', '{array,none}'), ('input', 'by', '{array,none}'), ('input', 'within', '{string,none}')),
  teams as (
    select r.key from app.reference_data as r where r.kind = 'teams'
    union
    select t.key from notify.teams as t where t.tenant_id = app.tenant_id()),
  problems as (
    select format('"%s" must be %s.', array_to_string(w.path::text[], '.'), replace(array_to_string(array_remove(w.types::text[], 'none'), ' or '), 'null', 'nothing')) as problem
    from wanted as w
    where coalesce(jsonb_typeof(p_type #> w.path::text[]), 'none') <> all (w.types::text[])
    union all
    select format('The %s: "%s" must be %s.', n.what, w.key, replace(array_to_string(array_remove(w.types::text[], 'none'), ' or '), 'null', 'nothing'))
    from nodes as n join node_wanted as w on w.kind = n.kind
    where coalesce(jsonb_typeof(n.node -> w.key), 'none') <> all (w.types::text[])
    union all
    select format('The %s: "%s" must be texts by language, as {"en": "…"}.', n.what, l.key)
    from nodes as n cross join lateral (
      values ('label', n.node -> 'label'), ('guest_label', n.node -> 'guest_label')
      union all select 'option_labels ' || o.key, o.value from jsonb_each(app.object_or_empty(n.node -> 'option_labels')) as o) as l (key, texts)
    where l.texts is not null and not app.is_text_per_language(l.texts, 0, 200) union all
    select format('The %s offers a choice and needs options.', n.what) from nodes as n
    where n.kind = 'input' and n.node ->> 'type' = 'choice' and not n.node ? 'options'
    union all
    select format('The %s lies within "%s", which is no span: "stay" and "around_stay" are.', n.what, n.node ->> 'within') from nodes as n
    where n.kind = 'input' and n.node ->> 'within' not in ('stay', 'around_stay')
    union all
    select format('The %s is for the state "%s", which no stay is in.', n.what, s.state) from nodes as n, jsonb_array_elements_text(app.array_or_empty(n.node -> 'states')) as s (state)
    where n.kind = 'subtype' and s.state not in ('pre_checkin', 'arrival_day', 'in_house', 'departure_day', 'post_checkout')
    union all
    select format('The %s leaves the room %s, which is no state of a room.', n.what, n.node ->> 'room_becomes') from nodes as n
    where n.kind = 'action' and n.node ->> 'room_becomes' not in ('dirty', 'pickup', 'clean', 'inspected')
    union all
    select format('The %s sends "%s", and there is no such template.', n.what, n.node ->> 'guest_message') from nodes as n
    where n.kind = 'action' and n.node ? 'guest_message'
      and not exists (select from notify.templates as t where t.tenant_id = app.tenant_id() and t.channel = 'whatsapp' and t.key = n.node ->> 'guest_message')
      and not exists (select from app.reference_data as r where r.kind = 'templates' and r.key = n.node ->> 'guest_message')
    union all
    select format('"takes_items" must be none, optional or required.') where coalesce(p_type ->> 'takes_items', 'none') not in ('none', 'optional', 'required')
    union all
    select '"stuck_minutes" must be whole minutes up to 10080, a week; 0: never.'
    where p_type ->> 'stuck_minutes' !~ '^(0|[1-9][0-9]{0,4})$' or (p_type ->> 'stuck_minutes')::numeric > 10080
    union all
    select format('There is no team "%s".', t.key)
    from (select p_type ->> 'team' as key union select p_type #>> '{workflow,alarm}' union select n.node ->> 'slack' from nodes as n where n.kind = 'action') as t
    where t.key is not null and t.key not in (select key from teams)
    union all
    select 'Every type needs an action "cancel": by staff, from "*", asking for a reason at most, to an outcome cancelled.'
    where not coalesce((select (a -> 'by') ? 'staff' and a -> 'from' = '"*"'
                          and not exists (select from jsonb_object_keys(app.object_or_empty(a -> 'requires')) as k where k <> 'reason')
                          and p_type #>> array['workflow', 'statuses', a ->> 'to', 'outcome'] = 'cancelled'
                        from (select p_type #> '{workflow,actions,cancel}' as a) as x), false)
    union all
    select 'Every type needs an action "expire": by the system, from "*", to an outcome expired.'
    where not coalesce((select (a -> 'by') ? 'system' and a -> 'from' = '"*"'
                          and p_type #>> array['workflow', 'statuses', a ->> 'to', 'outcome'] = 'expired'
                        from (select p_type #> '{workflow,actions,expire}' as a) as x), false))
  select coalesce(array_agg(problem order by problem), '{}') from problems
$$;

comment on function app.workflow_shape_problems(jsonb) is
  'Sentences about what in a request type''s document is missing or of another type than rules and pages will read; that it can always be cancelled and expire; that its teams exist.';
