-- logins_of: the memberships that an e-mail may sign in to by one flow, with what each of them asks for.
-- may:      called by begin_login
-- refuses:  nothing: no row when there is none
-- then:     no tenant stands afterwards
create or replace function app.logins_of(p_email text, p_flow text, p_one_time_digest bytea)
returns table (tenant_id uuid, membership_id uuid, tenant_slug text, hotel_name text, password_hash text, one_time text)
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
      select t.id, m.id, t.slug, t.hotel_name, w.password_hash, app.password_state(w, p_one_time_digest)
      from identity.memberships as m
      join public.tenants as t on t.id = m.tenant_id
      left join identity.passwords as w on w.tenant_id = m.tenant_id and w.membership_id = m.id
      where m.tenant_id = v_login.tenant_id and m.id = v_login.membership_id and p_flow in (m.session_type, 'console')
        and (m.session_type = 'admin' or app.staff_may_use_email(m.property_ids));
  end loop;
  perform app.set_caller(null);
end
$$;

comment on function app.logins_of(text, text, bytea) is 'One row for each active membership of that session type, of either for console; staff only where a property lets them sign in by e-mail.';
