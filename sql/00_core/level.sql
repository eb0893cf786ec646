-- level: a guest session's level: unproven, context, identified.
create or replace function app.level()
returns text
language sql
stable
parallel safe
begin atomic
  select nullif(current_setting('app.level', true), '');
end;

comment on function app.level() is 'A guest session''s level: unproven, context, identified.';
select app.grant_to_readers('app.level()');
