-- text_of_base64url: what a part of a token says.
-- plpgsql, which keeps its plan: a function in plain sql is planned anew in every transaction.
create or replace function app.text_of_base64url(p_part text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return convert_from(decode(translate(p_part, '-_', '+/') || repeat('=', (4 - length(p_part) % 4) % 4), 'base64'), 'UTF8');
end
$$;

comment on function app.text_of_base64url(text) is 'The text of a base64url part of a token, which leaves its padding out. Raises on anything else.';
