-- complain_of_stay: a low mark becomes a complaint for the manager.
-- may:      private: called by portal_leave_feedback
-- refuses:  nothing
-- then:     a complaint, urgent for the desk and given to a manager of the property; team and guest told
create or replace function app.complain_of_stay(p_feedback portal.feedback)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_asked jsonb := jsonb_build_object('note', left(format(
    '%s%s/5%s',
    (select r.number || ' · ' from portal.requests as r where r.tenant_id = p_feedback.tenant_id and r.id = p_feedback.request_id),
    p_feedback.rating, coalesce(': ' || p_feedback.comment, '')), 2000));
  v_type portal.request_types;
  v_request portal.requests;
  v_manager_id uuid;
begin
  select t.* into v_type
  from portal.request_types as t
  where t.tenant_id = p_feedback.tenant_id and t.slug = 'complaint' and t.current_version_id is not null;
  if not found then
    return;
  end if;
  select m.id into v_manager_id
  from identity.memberships as m
  join identity.membership_roles as h on h.tenant_id = m.tenant_id and h.membership_id = m.id
  join identity.roles as r on r.tenant_id = h.tenant_id and r.id = h.role_id
  where m.tenant_id = p_feedback.tenant_id and r.key = 'MANAGER' and m.is_active
    and (m.property_ids = '{}' or p_feedback.property_id = any (m.property_ids))
  order by m.created_at, m.id
  limit 1;

  v_request := app.insert_request(
    v_asked, p_feedback.property_id, p_feedback.booking_id,
    (select b.room_id from public.bookings as b where b.tenant_id = p_feedback.tenant_id and b.id = p_feedback.booking_id), v_type,
    jsonb_build_object('severity', 'urgent', 'assignee', v_manager_id, 'feedback_id', p_feedback.id, 'rating', p_feedback.rating),
    app.basket_of_request(v_asked, v_type, p_feedback.property_id));
  perform app.start_request(v_request);
  update portal.feedback as f set complaint_id = v_request.id where f.tenant_id = p_feedback.tenant_id and f.id = p_feedback.id;
end
$$;

comment on function app.complain_of_stay(portal.feedback) is
  'Opens a complaint with the mark and the comment (and the number of the request that was marked), assigned to a manager of the property when there is one. It is the manager''s to end: it does not expire with the stay.';
