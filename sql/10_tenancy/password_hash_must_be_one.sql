-- password_hash_must_be_one: what is stored as a password is a hash, never the password.
-- refuses:  password_hash_invalid
create or replace function app.password_hash_must_be_one(p_hash text)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_hash is null or p_hash !~ '^\$argon2id\$v=19\$m=\d{4,7},t=\d{1,2},p=\d{1,2}\$[A-Za-z0-9+/]{16,64}\$[A-Za-z0-9+/]{32,128}$' then
    raise exception 'This is not a hash of a password.'
      using errcode = 'PT422', detail = 'password_hash_invalid', hint = 'Send an argon2id hash in its usual text form.';
  end if;
end
$$;

comment on function app.password_hash_must_be_one(text) is 'Refuses everything but an argon2id hash in its text form, so that a password itself can never be stored.';
