-- slack: managers see which workspace is theirs and how the connection stands.
select app.isolate_tenant('notify.slack_access');

drop policy if exists managers_read on notify.slack_access;
create policy managers_read on notify.slack_access for select to staff, admin
  using ((select app.can('hotel:settings:write')));
drop policy if exists managers_read on notify.senders;
create policy managers_read on notify.senders for select to staff, admin
  using ((select app.can('hotel:settings:write')) and channel = 'slack');

grant select, insert, update on notify.slack_access to engine, service;
grant select (tenant_id, is_asked, team_id, team_name, bot_name, connected_at, tested_at, matched_at, problem, is_test_due, is_match_due,
              last_error, last_error_at) on notify.slack_access to staff, admin;
grant select (tenant_id, channel, address, created_at) on notify.senders to staff, admin;
-- withheld: the tokens, from every session
