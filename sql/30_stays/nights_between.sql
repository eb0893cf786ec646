-- nights_between: the dates on which a stay counts.
-- Without "set search_path": parsed at creation, and the planner can look inside.
create or replace function app.nights_between(p_from date, p_until date)
returns setof date
language sql
immutable
parallel safe
begin atomic
  select p_from + n from generate_series(0, greatest(p_until - p_from, 1) - 1) as n;
end;

comment on function app.nights_between(date, date) is 'Nights [p_from, p_until); a day use counts on its own date.';
