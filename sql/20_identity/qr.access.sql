-- qr_purposes, qr_tokens: made and revoked by commands; who may make codes sees those of their properties.
select app.isolate_tenant('identity.qr_tokens');

drop policy if exists makers_read on identity.qr_tokens;
create policy makers_read on identity.qr_tokens for select to staff, admin
  using ((select app.can('hotel:qr:write'))
    and (purpose <> 'STAFF_ACCESS' or (select app.can('hotel:staff:write')))
    and ((select app.sees_all_properties()) or property_id is null or property_id = any ((select app.property_ids())::uuid[])));

grant select, insert on identity.qr_tokens to engine;
grant update (used_at, revoked_at) on identity.qr_tokens to engine;
grant select (tenant_id, id, purpose, label, property_id, room_id, guest_id, booking_id, membership_id, expires_at, used_at,
              revoked_at, made_by, created_at) on identity.qr_tokens to staff, admin;
-- no digest for readers
-- no insert, update, delete: commands only

alter table identity.qr_purposes enable row level security;
drop policy if exists everyone_reads on identity.qr_purposes;
create policy everyone_reads on identity.qr_purposes for select to engine, service, staff, admin using (true);
grant select on identity.qr_purposes to engine, service, staff, admin;

-- the resolver: from a digest to a tenant and an id
grant select (tenant_id, id, digest) on identity.qr_tokens to resolver;
drop policy if exists resolver_reads on identity.qr_tokens;
create policy resolver_reads on identity.qr_tokens for select to resolver using (true);
