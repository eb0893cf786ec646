-- actor_kind: guest, staff or system: who a workflow action is by.
create or replace function app.actor_kind()
returns text
language sql
stable
parallel safe
begin atomic
  select case current_setting('app.role', true) when 'guest' then 'guest' when 'staff' then 'staff' when 'admin' then 'staff' when 'kiosk' then 'staff' else 'system' end;
end;

comment on function app.actor_kind() is 'guest, staff or system: who a workflow action is by.';
select app.grant_to_readers('app.actor_kind()');
