-- settled_logins: which hotels are told of a wrong password for an e-mail.
-- may:      called by refuse_login and is_whole_account
-- refuses:  nothing
-- then:     no tenant stands afterwards
create or replace function app.settled_logins(p_email text)
returns table (tenant_id uuid, membership_id uuid, person text)
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_login record;
begin
  for v_login in select r.tenant_id, r.membership_id from app.resolve_login(p_email) as r loop
    perform app.set_caller(v_login.tenant_id);
    return query
      select m.tenant_id, m.id, coalesce(w.password_hash, m.id::text)
      from identity.memberships as m
      left join identity.passwords as w on w.tenant_id = m.tenant_id and w.membership_id = m.id
      where m.tenant_id = v_login.tenant_id and m.id = v_login.membership_id
        and (w.membership_id is null or w.accepted_at is not null);
  end loop;
  perform app.set_caller(null);
end
$$;

comment on function app.settled_logins(text) is
  'Active memberships of an e-mail but those only invited. Of one person where one password opens them all.';
