-- has_been_begun: whether somebody has worked on a request, before it ended.
create or replace function app.has_been_begun(p_request portal.requests, p_workflow jsonb)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from service_menus.orders as o
    where o.tenant_id = p_request.tenant_id and o.request_id = p_request.id and app.serving_is_locked(o.session_id))
  or exists (
    select from portal.request_status_history as h
    where h.tenant_id = p_request.tenant_id and h.request_id = p_request.id
      and p_workflow #>> array['statuses', h.to_status, 'phase'] in ('active', 'resolved')
      and h.undoes_id is null
      and not exists (
        select from portal.request_status_history as u where u.tenant_id = h.tenant_id and u.request_id = h.request_id and u.undoes_id = h.id))
$$;

comment on function app.has_been_begun(portal.requests, jsonb) is 'True once it was in a phase active or resolved of its workflow, and that was not undone; a menu''s order from its lock time on, also while the job that locks is still to come.';
