-- request_status_history: every status a request has had.
create or replace view api.request_status_history
with (security_invoker = true) as
select h.id, h.request_id, h.from_status, h.to_status,
       app.label(v.workflow -> 'statuses' -> h.from_status -> 'label') as from_label,
       app.label(v.workflow -> 'statuses' -> h.to_status -> 'label') as to_label,
       h.action,
       app.label(case when h.undoes_id is null then v.workflow -> 'actions' -> h.action -> 'label' else '{"en": "Undo", "es": "Deshacer"}' end) as action_label,
       h.actor_kind, h.actor_id, h.actor_name, h.is_by_hand, h.input, h.at,
       case when h.actor_id = (select app.actor_id()) and h.undo_until > (select app.now()) then h.undo_until end as undo_until,
       case when h.actor_id = (select app.actor_id()) and h.undo_until > (select app.now())
         then ceil(extract(epoch from h.undo_until - (select app.now())))::integer end as undo_seconds_left,
       h.undoes_id,
       -- counted for the rows that are read alone, as a window would not be
       (select count(*) from portal.request_status_history as e
        where e.tenant_id = h.tenant_id and e.request_id = h.request_id and e.position <= h.position) as place
from portal.request_status_history as h
join portal.requests as r on r.tenant_id = h.tenant_id and r.id = h.request_id
join portal.workflow_versions as v on v.tenant_id = r.tenant_id and v.id = r.workflow_version_id;

comment on view api.request_status_history is 'Who did what with a request and when, with labels in the viewer''s language. undo_until: until then the viewer may take the move back, if nothing has happened since (portal_undo_action); undoes_id: the move that this one took back. place: from 1 on, in the order in which they came about; at is when each began.';
grant select on api.request_status_history to staff, admin;
