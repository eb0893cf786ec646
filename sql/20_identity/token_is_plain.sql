-- token_is_plain: a token that is read in one way only, by the one key that we sign with.
create or replace function app.token_is_plain(p_authorization text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_parts text[] := string_to_array(split_part(btrim(p_authorization), ' ', 2), '.');
  v_texts json[];
begin
  -- base64url, whose padding a token leaves out
  v_texts := array(
    select convert_from(decode(rpad(translate(p, '-_', '+/'), ((length(p) + 3) / 4) * 4, '='), 'base64'), 'UTF8')::json
    from unnest(v_parts[:2]) with ordinality as t (p, place) order by t.place);
  return not v_texts[1]::jsonb ? 'kid'
         and (select count(*) = count(distinct k) from json_object_keys(v_texts[2]) as k);
exception
  when others then
    return false;
end
$$;

comment on function app.token_is_plain(text) is
  'Whether the token of an Authorization header names no key (ours do not, so it is another''s) and says no claim twice, of which two readers might take two. The signature was checked by whoever passed it on.';
