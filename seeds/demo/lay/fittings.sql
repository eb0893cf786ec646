-- What hangs on the reference that was copied before: the people's roles, the teams' Slack channels, what guests hear from whom.

insert into identity.membership_roles (tenant_id, membership_id, role_id)
select m.tenant_id, m.id, r.id
from jsonb_to_recordset(current_setting('seed.data')::jsonb -> 'members') as d (email text, roles text[])
join identity.users as u on u.email = d.email
join identity.memberships as m on m.tenant_id = app.tenant_id() and m.user_id = u.id
join identity.roles as r on r.tenant_id = m.tenant_id and r.key = any (d.roles)
where not exists (
  select from identity.membership_roles as o
  where o.tenant_id = m.tenant_id and o.membership_id = m.id)
on conflict do nothing;

insert into notify.teams (tenant_id, property_id, key, label, icon, slack_channel)
select p.tenant_id, p.id, t.key, t.label, t.icon, c.value
from jsonb_to_recordset(current_setting('seed.data')::jsonb -> 'properties') as d (code text, channels jsonb)
join public.properties as p on p.tenant_id = app.tenant_id() and p.code = d.code
cross join jsonb_each_text(d.channels) as c
join notify.teams as t on t.tenant_id = p.tenant_id and t.property_id is null and t.key = c.key
on conflict (tenant_id, property_id, key) do nothing;

insert into notify.senders (tenant_id, channel, address)
values (app.tenant_id(), 'whatsapp', current_setting('seed.data')::jsonb #>> '{tenant,whatsapp_from}')
on conflict (tenant_id, channel) do nothing;

insert into notify.senders (tenant_id, channel, address)
select app.tenant_id(), 'slack', t.slack_workspace
from jsonb_to_record(current_setting('seed.data')::jsonb -> 'tenant') as t (slack_workspace text)
where t.slack_workspace is not null
on conflict (tenant_id, channel) do nothing;
