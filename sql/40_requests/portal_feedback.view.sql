-- portal_feedback: what the guest has said already.
create or replace view api.portal_feedback
with (security_invoker = true) as
select f.id, f.request_id, f.rating, f.given_at, f.complaint_id is not null as is_complaint
from portal.feedback as f
where f.booking_id = (select app.booking_id());

comment on view api.portal_feedback is 'The guest''s own marks: request null is the stay; is_complaint: the manager has been told.';
grant select on api.portal_feedback to guest;
