-- session_id: the session of the token.
create or replace function app.session_id()
returns uuid
language sql
stable
parallel safe
begin atomic
  select nullif(current_setting('app.session_id', true), '')::uuid;
end;

comment on function app.session_id() is 'The session of the token.';
select app.grant_to_readers('app.session_id()');
