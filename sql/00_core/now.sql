-- now: the only clock in rules.
create or replace function app.now()
returns timestamptz
language sql
stable
parallel safe
begin atomic
  select now();
end;

comment on function app.now() is 'The only clock in rules. Production: the transaction''s real time. The development build replaces it.';
select app.grant_to_readers('app.now()');
