-- login_buckets: what a sign-in is counted under.
create or replace function app.login_buckets(p_email text, p_address text)
returns text[]
language sql
immutable
set search_path = ''
as $$
  select array['account:' || encode(app.digest(lower(coalesce(p_email, ''))), 'hex'),
               'address:' || coalesce(p_address, 'unknown'),
               'network:' || app.network_of(coalesce(p_address, ''))]
$$;

comment on function app.login_buckets(text, text) is 'The account, the address and its network, in the order in which they are locked.';
