-- actor_id: who acts: a member's membership, a guest's booking, null for the system.
create or replace function app.actor_id()
returns uuid
language sql
stable
parallel safe
begin atomic
  select nullif(current_setting('app.actor_id', true), '')::uuid;
end;

comment on function app.actor_id() is 'Who acts: a member''s membership, a guest''s booking, null for the system.';
select app.grant_to_readers('app.actor_id()');
