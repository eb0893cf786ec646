-- alerts_of_sign_in: the kinds of alerts about who comes in, for those alone who see to that.
create or replace function app.alerts_of_sign_in()
returns text[]
language sql
immutable
set search_path = ''
as $$
  select '{sign_in_locked,sign_in_guessing,refresh_reused,guest_identification}'::text[]
$$;

comment on function app.alerts_of_sign_in() is 'Alerts that members with hotel:audit:read or hotel:staff:write see, that are counted while they are open, and that close a day after the last time.';
grant execute on function app.alerts_of_sign_in() to staff, admin;
