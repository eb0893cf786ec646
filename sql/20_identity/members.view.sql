-- members: colleagues, to assign work to.
create or replace view api.members
with (security_invoker = true) as
select m.id, m.display_name as name, m.session_type, m.teams, m.property_ids
from identity.memberships as m
where m.is_active;

comment on view api.members is 'Active colleagues of the tenant, with their teams and properties (none listed: all).';
grant select on api.members to staff, admin;
