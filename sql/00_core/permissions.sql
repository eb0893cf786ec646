-- permissions: the permission keys of the session.
create or replace function app.permissions()
returns text[]
language sql
stable
parallel safe
begin atomic
  select coalesce(nullif(current_setting('app.permissions', true), ''), '{}')::text[];
end;

comment on function app.permissions() is 'The permission keys of the session.';
select app.grant_to_readers('app.permissions()');
