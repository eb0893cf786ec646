-- must_choose_password: whether a member came in by a password for once.
create or replace function app.must_choose_password(p_tenant_id uuid, p_membership_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from identity.passwords as w
    where w.tenant_id = p_tenant_id and w.membership_id = p_membership_id and w.one_time_digest is not null)
$$;

comment on function app.must_choose_password(uuid, uuid) is 'Whether a member was given a password by somebody else and has not chosen their own yet.';
