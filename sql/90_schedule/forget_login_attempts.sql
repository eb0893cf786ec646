-- forget_login_attempts: who signed in long ago, and who failed to.
create or replace function app.forget_login_attempts(p_before timestamptz, p_limit integer)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_count integer;
begin
  delete from identity.login_attempts as a
  where a.tenant_id = app.tenant_id() and a.id in (
    select o.id from identity.login_attempts as o where o.tenant_id = app.tenant_id() and o.at < p_before order by o.id limit p_limit);
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function app.forget_login_attempts(timestamptz, integer) is 'Sign-ins, right and wrong, before an instant, of all the tenant''s members.';
