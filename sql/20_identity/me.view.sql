-- me: the member who is signed in.
create or replace view api.me
with (security_invoker = true) as
select m.id, m.display_name as name, m.language, m.session_type, m.teams, t.hotel_name as tenant_name, t.slug as tenant_slug,
       app.permissions() as permissions,
       (select jsonb_agg(jsonb_build_object('id', p.id, 'code', p.code, 'name', p.name, 'time_zone', p.time_zone, 'currency', p.currency,
                                             'today', app.today_in(p.time_zone)) order by p.code)
        from public.properties as p) as properties,
       t.onboarding_completed_at is not null as onboarding_completed, app.must_change_password() as must_change_password
from identity.memberships as m
join public.tenants as t on t.id = m.tenant_id
where m.id = (select app.actor_id());

comment on view api.me is 'The signed-in member: name, language, permissions, the properties they work at, each with its local date, and whether a password or the onboarding is still to be done. One row.';
grant select on api.me to staff, admin;
