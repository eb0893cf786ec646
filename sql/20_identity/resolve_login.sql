-- resolve_login: from an e-mail to its memberships.
-- definer because no tenant is known yet; owned by resolver, which sees nothing else.
create or replace function app.resolve_login(p_email text)
returns table (tenant_id uuid, membership_id uuid)
language sql
stable
security definer
set search_path = ''
as $$
  select m.tenant_id, m.id
  from identity.users as u
  join identity.memberships as m on m.user_id = u.id
  where lower(u.email) = lower(p_email)
    and m.is_active
$$;

alter function app.resolve_login(text) owner to resolver;
comment on function app.resolve_login(text) is 'The active memberships of a login e-mail. Says nothing of a password.';
