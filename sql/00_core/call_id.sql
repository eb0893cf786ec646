-- call_id: the request id that ties log lines, audit rows and answers together.
create or replace function app.call_id()
returns text
language sql
stable
parallel safe
begin atomic
  select nullif(current_setting('app.call_id', true), '');
end;

comment on function app.call_id() is 'The request id that ties log lines, audit rows and answers together.';
select app.grant_to_readers('app.call_id()');
