-- label: a text in the viewer's language.
create or replace function app.label(p_texts jsonb)
returns text
language sql
stable
parallel safe
begin atomic
  select coalesce(p_texts ->> app.language(), p_texts ->> 'en');
end;

comment on function app.label(jsonb) is 'A {language: text} object in the viewer''s language, else in English.';
select app.grant_to_readers('app.label(jsonb)');
