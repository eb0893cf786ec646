-- token_is_plain: a token that is read in one way only, by the one key that we sign with.
-- written out again it is as long as it came: what jsonb drops was said twice. No subquery: one costs more than all the rest.
create or replace function app.token_is_plain(p_authorization text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_parts text[] := string_to_array(split_part(btrim(p_authorization), ' ', 2), '.');
  v_claims text;
begin
  v_claims := app.text_of_base64url(v_parts[2]);
  return not app.text_of_base64url(v_parts[1])::jsonb ? 'kid'
         and jsonb_typeof(v_claims::jsonb) = 'object'
         and length(replace(v_claims::jsonb::text, ' ', '')) = length(replace(v_claims, ' ', ''));
exception
  when others then
    return false;
end
$$;

comment on function app.token_is_plain(text) is
  'Whether the token of an Authorization header names no key (ours do not, so it is another''s) and says no claim twice, of which two readers might take two. The signature was checked by whoever passed it on.';
