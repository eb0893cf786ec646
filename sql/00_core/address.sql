-- address: the client's address as the gateway saw it.
create or replace function app.address()
returns text
language sql
stable
parallel safe
begin atomic
  select nullif(current_setting('app.address', true), '');
end;

comment on function app.address() is 'The client''s address as the gateway saw it.';
select app.grant_to_readers('app.address()');
