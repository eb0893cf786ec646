-- my_notices: what the signed-in member has to be told.
create or replace view api.my_notices
with (security_invoker = true) as
select n.id, n.kind, n.details, n.created_at as at
from identity.notices as n
where n.membership_id = (select app.actor_id())
  and n.seen_at is null;

comment on view api.my_notices is 'What the signed-in member has not yet seen about their own sign-ins; kind names it.';
grant select on api.my_notices to staff, admin;
