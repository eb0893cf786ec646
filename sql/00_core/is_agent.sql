-- is_agent: whether the assistant acts, within the session of whoever asked it.
create or replace function app.is_agent()
returns boolean
language sql
stable
parallel safe
begin atomic
  select coalesce(current_setting('app.agent', true), '') <> '';
end;

comment on function app.is_agent() is 'Whether the assistant acts, within the session of whoever asked it.';
select app.grant_to_readers('app.is_agent()');
