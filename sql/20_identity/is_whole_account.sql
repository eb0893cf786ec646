-- is_whole_account: whether whoever opens this membership is all there is to an e-mail.
-- may:      called by the sign-in functions
-- refuses:  nothing
-- then:     no tenant stands afterwards
create or replace function app.is_whole_account(p_email text, p_tenant_id uuid, p_membership_id uuid)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_own uuid[] := array(select r.membership_id from app.memberships_of_person(p_tenant_id, p_membership_id) as r);
begin
  return not exists (select from app.settled_logins(p_email) as s where s.membership_id <> all (v_own));
end
$$;

comment on function app.is_whole_account(text, uuid, uuid) is
  'False where somebody else signs in with the same e-mail: who guesses at theirs is forgiven nothing for a password of one''s own.';
