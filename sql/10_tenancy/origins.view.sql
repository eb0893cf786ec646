-- origins: where the tenant's kiosks and widgets are served from.
create or replace view api.origins
with (security_invoker = true) as
select o.id, o.origin, o.kind, o.created_at
from public.tenant_origins as o;

comment on view api.origins is 'Origins of kiosks and widgets, for whoever may change them by set_origins.';
grant select on api.origins to staff, admin;
