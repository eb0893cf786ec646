-- new_secret: 192 random bits in 32 characters that an address can carry.
create or replace function app.new_secret()
returns text
language sql
volatile
set search_path = ''
as $$
  select translate(
    encode(substr(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 1, 24), 'base64'), '+/', '-_')
$$;

comment on function app.new_secret() is 'A secret of 32 characters (base64url of 24 bytes), from PostgreSQL''s strong random numbers. Only its sha256 is ever stored.';
