-- permissions: the rights there are.
create or replace view api.permissions
with (security_invoker = true) as
select p.key, app.label(p.description) as description
from identity.permissions as p;

comment on view api.permissions is 'The closed list of rights, described in the viewer''s language.';
grant select on api.permissions to staff, admin;
