-- token_is_plain: a token that we wrote, and that can be read in one way only.
create or replace function app.token_is_plain(p_authorization text, p_claims text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
declare
  -- {"alg":"HS256","typ":"JWT"}
  c_head constant text := 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9';
begin
  return split_part(btrim(p_authorization), ' ', 2) like c_head || '.%'
         and octet_length(p_claims) = length(split_part(p_authorization, '.', 2)) * 3 / 4;
end
$$;

comment on function app.token_is_plain(text, text) is
  'Whether the token of an Authorization header has the head that ours have, which names no key, and its claims are as long as they are when PostgREST writes them out again: of a claim said twice one would be gone. The signature was checked by PostgREST.';
