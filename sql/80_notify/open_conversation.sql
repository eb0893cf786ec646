-- open_conversation: the request that a guest's words belong to.
create or replace function app.open_conversation(p_booking_id uuid)
returns portal.requests
language plpgsql
stable
set search_path = ''
as $$
declare
  v_request portal.requests;
begin
  select r.* into v_request
  from portal.requests as r
  join portal.request_types as t on t.tenant_id = r.tenant_id and t.id = r.request_type_id and t.feature is not null
  where r.tenant_id = app.tenant_id() and r.booking_id = p_booking_id and r.phase <> 'closed'
  order by greatest(r.created_at, (
    select max(c.created_at) from portal.request_comments as c where c.tenant_id = r.tenant_id and c.request_id = r.id and not c.is_internal)) desc, r.id desc
  limit 1;
  return v_request;
end
$$;

comment on function app.open_conversation(uuid) is 'Of the guest''s open requests that are on the portal the one asked for or talked about last; null: none is open.';
