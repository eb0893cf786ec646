-- request_comments: what was said, to the guest and among staff.
create or replace view api.request_comments
with (security_invoker = true) as
select c.id, c.request_id, c.body, c.is_internal, c.author_kind, c.author_id, c.author_name, c.created_at
from portal.request_comments as c;

comment on view api.request_comments is 'Comments on requests; is_internal ones are staff''s own.';
grant select on api.request_comments to staff, admin;
