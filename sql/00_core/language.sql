-- language: the viewer's language, English where none is known.
create or replace function app.language()
returns text
language sql
stable
parallel safe
begin atomic
  select coalesce(nullif(current_setting('app.language', true), ''), 'en');
end;

comment on function app.language() is 'The viewer''s language, English where none is known.';
select app.grant_to_readers('app.language()');
