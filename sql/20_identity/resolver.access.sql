-- resolver: before a tenant is known, only the columns that lead to a tenant and an id.
grant select (tenant_id, booking_id, code) on portal.codes to resolver;
grant select (tenant_id, session_id, digest) on identity.refresh_tokens to resolver;
grant select (tenant_id, outcome, address, at) on identity.login_attempts to resolver;
grant select (id, email) on identity.users to resolver;
grant select (tenant_id, id, user_id, is_active) on identity.memberships to resolver;

drop policy if exists resolver_reads on portal.codes;
create policy resolver_reads on portal.codes for select to resolver using (true);
drop policy if exists resolver_reads on identity.refresh_tokens;
create policy resolver_reads on identity.refresh_tokens for select to resolver using (true);
drop policy if exists resolver_reads on identity.users;
create policy resolver_reads on identity.users for select to resolver using (true);
drop policy if exists resolver_reads on identity.memberships;
create policy resolver_reads on identity.memberships for select to resolver using (true);
drop policy if exists resolver_reads on identity.login_attempts;
create policy resolver_reads on identity.login_attempts for select to resolver using (true);
grant select (tenant_id, channel, address) on notify.senders to resolver;
drop policy if exists resolver_reads on notify.senders;
create policy resolver_reads on notify.senders for select to resolver using (true);
