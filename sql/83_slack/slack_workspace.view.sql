-- slack_workspace: which Slack workspace is the hotel's, and how the connection stands.
create or replace view api.slack_workspace
with (security_invoker = true) as
select t.id as tenant_id, s.address as team_id, s.created_at as connected_at, a.team_name, a.bot_name, a.tested_at, a.matched_at, a.problem,
       a.last_error, a.last_error_at, coalesce(a.is_match_due, false) as is_match_due, coalesce(a.is_test_due, false) as is_test_due,
       case
         when a.is_asked then 'asked'
         when s.address is not null then case when a.team_id is null then 'house' else 'connected' end
         when a.problem is not null then 'refused'
         else 'off'
       end as state
from public.tenants as t
left join notify.senders as s on s.tenant_id = t.id and s.channel = 'slack'
left join notify.slack_access as a on a.tenant_id = t.id
where (select app.can('hotel:settings:write'));

comment on view api.slack_workspace is
  'One row: state asked (the worker shows the token to Slack), connected, refused (problem says why), off, or house: cards leave with the installation''s own token. A problem beside connected is of a token given later, which changed nothing.';
grant select on api.slack_workspace to staff, admin;
