-- actor_name: the acting person's name as colleagues see it.
create or replace function app.actor_name()
returns text
language sql
stable
parallel safe
begin atomic
  select nullif(current_setting('app.actor_name', true), '');
end;

comment on function app.actor_name() is 'The acting person''s name as colleagues see it.';
select app.grant_to_readers('app.actor_name()');
