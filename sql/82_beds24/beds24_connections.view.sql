-- beds24_connections: how the properties stand with Beds24.
-- real clock: the window of the credits
create or replace view api.beds24_connections
with (security_invoker = true) as
select c.id, c.property_id, p.code as property_code, p.name as property_name, c.beds24_property_id, a.state, a.problem, c.verified_at,
       a.swept_at, a.last_error, a.last_error_at, a.failures, a.next_try_at,
       case when a.credits_until > clock_timestamp() then a.credits_left end as credits_left, a.offered
from notify.beds24_connections as c
join notify.beds24_access as a on a.tenant_id = c.tenant_id and a.connection_id = c.id
join public.properties as p on p.tenant_id = c.tenant_id and p.id = c.property_id;

comment on view api.beds24_connections is
  'State (invited, connected, refused, off), last sweep and last error of each connection, for whoever may change settings; offered: the rooms as Beds24 names them. credits_left: null once their window is over.';
grant select on api.beds24_connections to staff, admin;
