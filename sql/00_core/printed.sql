-- printed: a value inside an error's sentence.
-- PostgREST puts the sentence of a PT… error into the status line as it is: a line break in it would start a header.
create or replace function app.printed(p_value anyelement)
returns text
language sql
stable
set search_path = ''
as $$
  select left(regexp_replace(p_value::text, '[[:cntrl:]]+', ' ', 'g'), 200)
$$;

comment on function app.printed(anyelement) is 'A value as text without line breaks and other control characters, 200 characters at most. Every value that an error''s sentence names goes through it.';
select app.grant_to_readers('app.printed(anyelement)');
