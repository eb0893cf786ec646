-- registration_buckets: what a registration that made no hotel is counted under.
create or replace function app.registration_buckets(p_address text)
returns text[]
language sql
immutable
set search_path = ''
as $$
  select array['register-unmade:' || coalesce(p_address, 'unknown'), 'register-unmade:net:' || app.network_of(coalesce(p_address, ''))]
$$;

comment on function app.registration_buckets(text) is 'The address and its network, in the order in which they are locked.';
