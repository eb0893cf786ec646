-- teams: who works on requests.
create or replace view api.teams
with (security_invoker = true) as
select t.id, t.key, app.label(t.label) as label, t.icon, t.property_id, t.slack_channel
from notify.teams as t;

comment on view api.teams is 'Teams with their Slack channel. A property''s row wins over the tenant''s (property_id null).';
grant select on api.teams to staff, admin;
