-- must_change_password: whether the signed-in member has to choose a password first.
-- definer because a member reads no password.
create or replace function app.must_change_password()
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select app.must_choose_password(app.tenant_id(), app.actor_id())
$$;

alter function app.must_change_password() owner to engine;
comment on function app.must_change_password() is 'Whether the caller was given a password by somebody else and has not chosen their own yet.';
grant execute on function app.must_change_password() to staff, admin;
