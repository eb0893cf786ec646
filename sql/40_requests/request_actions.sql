-- request_actions: the buttons of a request for the member who looks at it.
-- may:      whoever may read the request: hotel:requests:read, a guest the own
-- refuses:  nothing: an unseen request has no actions
-- then:     nothing
create or replace function api.request_actions(p_request_id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce((
    select (
      select coalesce(jsonb_agg(
          jsonb_set(a.value, '{requires}', (
            select coalesce(jsonb_object_agg(f.key, f.value || case f.value ->> 'type'
                when 'money' then case when r.details ? 'quoted' then jsonb_build_object('value', app.quoted_for_request(r)) else '{}' end
                when 'room' then (
                  select jsonb_build_object('options', o.rooms, 'value', o.rooms #> '{0,key}') from app.rooms_for_wish(r) as o (rooms))
                else '{}' end), '{}')
            from jsonb_each(app.fields_of_subtype(a.value -> 'requires', r.subtype)) as f))
          order by a.ordinality), '[]')
      from jsonb_array_elements(app.available_actions(v.workflow, r.status, app.actor_kind())) with ordinality as a)
    from portal.requests as r
    join portal.workflow_versions as v on v.tenant_id = r.tenant_id and v.id = r.workflow_version_id
    where r.tenant_id = app.tenant_id()
      and r.id = p_request_id
      and case app.session_role()
            when 'guest' then r.booking_id = app.booking_id() and app.level() in ('context', 'identified')
            else app.can('hotel:requests:read') and app.sees_property(r.property_id)
          end), '[]')
$$;

alter function api.request_actions(uuid) owner to engine;
comment on function api.request_actions(uuid) is
  'What the caller may do with a request now, from its workflow version: [{key, label, to, to_label, style, requires}], the usual next step first. An amount that was quoted stands in requires.amount.value; of a room that may be chosen, options are the free ones [{key, label}] and value is the first.';
revoke all on function api.request_actions(uuid) from public;
grant execute on function api.request_actions(uuid) to guest, staff, admin;
