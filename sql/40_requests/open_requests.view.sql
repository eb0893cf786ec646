-- open_requests: the inbox: requests still to be worked on.
create or replace view api.open_requests
with (security_invoker = true) as
select r.*
from api.requests as r
where r.phase <> 'closed';

comment on view api.open_requests is 'The inbox: as requests, only those still to be worked on. A view of its own, so that the partial index serves it under prepared statements too.';
grant select on api.open_requests to staff, admin;
