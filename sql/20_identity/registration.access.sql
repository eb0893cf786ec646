-- registrations, and what making a tenant writes: by register_tenant alone, in the new tenant's own name.
grant select, insert, update (made_tenant_id, made_membership_id) on identity.registrations to engine;
grant insert (id, slug, hotel_name, plan_id), update (owner_user_id) on public.tenants to engine;
grant insert (id) on identity.memberships to engine;
-- no update of a slug: it stands in addresses and on kiosks
