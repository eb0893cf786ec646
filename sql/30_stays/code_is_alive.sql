-- code_is_alive: whether a guest's code still opens the stay.
-- Without "set search_path": parsed at creation.
create or replace function app.code_is_alive(
  p_checkin_status text,
  p_check_out date,
  p_checked_out_on date,
  p_today date
)
returns boolean
language sql
immutable
parallel safe
begin atomic
  select p_checkin_status = 'CHECKED_IN' or p_today <= greatest(p_check_out, p_checked_out_on) + 7;
end;

comment on function app.code_is_alive(text, date, date, date) is
  'A code lives through the seventh day after the later of planned and actual check-out, and never dies under a guest in house.';
select app.grant_to_readers('app.code_is_alive(text, date, date, date)');
