-- stay_state: where a stay stands on a day; derived, never stored.
-- Without "set search_path": parsed at creation, and views read it once a row.
create or replace function app.stay_state(
  p_status text,
  p_checkin_status text,
  p_check_in date,
  p_check_out date,
  p_today date
)
returns text
language sql
immutable
parallel safe
begin atomic
  select case
    when p_status is distinct from 'confirmed' or p_today is null then null
    when p_checkin_status = 'CHECKED_OUT' then 'post_checkout'
    when p_checkin_status = 'CHECKED_IN' and p_today >= p_check_out then 'departure_day'
    when p_checkin_status = 'CHECKED_IN' then 'in_house'
    when p_today > p_check_out then null
    when p_today >= p_check_in then 'arrival_day'
    else 'pre_checkin'
  end;
end;

comment on function app.stay_state(text, text, date, date, date) is
  'pre_checkin, arrival_day, in_house, departure_day or post_checkout on a date of the property; null: the portal is closed (not confirmed, or never arrived).';
select app.grant_to_readers('app.stay_state(text, text, date, date, date)');
