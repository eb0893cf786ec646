-- request_attachments: whoever may read the request.
select app.isolate_tenant('portal.request_attachments');

drop policy if exists members_read on portal.request_attachments;
create policy members_read on portal.request_attachments for select to staff, admin
  using ((select app.can('hotel:requests:read'))
         and exists (select from portal.requests as r where r.tenant_id = request_attachments.tenant_id and r.id = request_attachments.request_id));

grant select, insert, update on portal.request_attachments to engine, service;
grant select (tenant_id, id, request_id, number, content_type, bytes, state, reason, created_at) on portal.request_attachments to staff, admin;
-- the provider's address is withheld; no delete: that something was sent stays
