-- is_text_per_language: whether a value is {language: text} and nothing else.
create or replace function app.is_text_per_language(p_texts jsonb, p_least integer, p_most integer)
returns boolean
language sql
immutable
parallel safe
set search_path = ''
as $$
  select coalesce(jsonb_typeof(p_texts) = 'object', false)
         and not exists (
           select from jsonb_each(app.object_or_empty(p_texts)) as t
           where t.key not in ('en', 'es', 'ur')
              or jsonb_typeof(t.value) <> 'string'
              or length(btrim(t.value #>> '{}')) not between p_least and p_most)
$$;

comment on function app.is_text_per_language(jsonb, integer, integer) is
  'Whether it is a JSON object of languages the pages know (en, es, ur), each with a text of that many characters. English is asked for by whoever needs it; an empty object passes, null does not.';
