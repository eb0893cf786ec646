-- resolve_user: from an e-mail to the person.
-- definer because a person may belong to another tenant alone; owned by resolver, which sees nothing else.
create or replace function app.resolve_user(p_email text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
  select u.id from identity.users as u where lower(u.email) = lower(p_email)
$$;

alter function app.resolve_user(text) owner to resolver;
comment on function app.resolve_user(text) is 'The person with this e-mail, whichever tenants they belong to; commands never tell a caller whether there was one.';
