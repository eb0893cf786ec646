-- request_attachments: what guests sent with their words.
create or replace view api.request_attachments
with (security_invoker = true) as
select a.id, a.request_id, a.number, a.content_type, a.bytes, a.state, a.reason, a.created_at
from portal.request_attachments as a;

comment on view api.request_attachments is 'Files of a request; a kept one is at /app/inbox/requests/<request_id>/attachments/<id>. bytes is its size.';
grant select on api.request_attachments to staff, admin;
