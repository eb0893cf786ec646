-- password_state: what a password for once, as it was typed, is to a membership.
create or replace function app.password_state(p_password identity.passwords, p_one_time_digest bytea)
returns text
language sql
stable
set search_path = ''
as $$
  select case when p_password.one_time_digest = p_one_time_digest then case when p_password.one_time_until > app.now() then 'right' else 'over' end end
$$;

comment on function app.password_state(identity.passwords, bytea) is 'right, over when its time has passed, null when it is not the one.';
