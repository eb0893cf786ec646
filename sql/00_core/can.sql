-- can: whether the session carries a permission.
create or replace function app.can(p_permission text)
returns boolean
language sql
stable
parallel safe
begin atomic
  select p_permission = any (app.permissions());
end;

comment on function app.can(text) is 'Whether the session carries a permission. Policies wrap it in a select, so that it runs once a query.';
select app.grant_to_readers('app.can(text)');
