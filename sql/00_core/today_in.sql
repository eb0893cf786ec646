-- today_in: the calendar date in a time zone.
create or replace function app.today_in(p_time_zone text)
returns date
language sql
stable
parallel safe
begin atomic
  select (app.now() at time zone p_time_zone)::date;
end;

comment on function app.today_in(text) is 'The calendar date now in an IANA time zone.';
select app.grant_to_readers('app.today_in(text)');
