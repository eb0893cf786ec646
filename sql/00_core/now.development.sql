-- now: the development build's clock, moved for every connection at once by app.clock.
-- definer because readers of views have no right on app.clock.
create or replace function app.now()
returns timestamptz
language sql
stable
parallel safe
security definer
begin atomic
  select now() + (select c.shift from app.clock as c);
end;

comment on function app.now() is 'The only clock in rules. Development: the real time plus app.clock.shift.';
select app.grant_to_readers('app.now()');
