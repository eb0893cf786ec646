-- session_role: the session type of the token: guest, staff, admin, kiosk; null for the system.
create or replace function app.session_role()
returns text
language sql
stable
parallel safe
begin atomic
  select nullif(current_setting('app.role', true), '');
end;

comment on function app.session_role() is 'The session type of the token: guest, staff, admin, kiosk; null for the system.';
select app.grant_to_readers('app.session_role()');
