-- portal_request_comments: what was said about the guest's requests.
create or replace view api.portal_request_comments
with (security_invoker = true) as
select c.id, c.request_id, c.author_kind, case c.author_kind when 'staff' then split_part(c.author_name, ' ', 1) else c.author_name end as author_name,
       c.body, c.created_at
from portal.request_comments as c;

comment on view api.portal_request_comments is 'Comments the guest may read: never internal ones; staff by first name.';
grant select on api.portal_request_comments to guest;
