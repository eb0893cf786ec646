/* pgmigrate-encoding: utf-8 */
-- Who presses a button in Slack: the member whom a workspace's user is.

alter table identity.memberships
  add column slack_user_id text;
alter table identity.memberships
  add constraint slack_user_is_one_of_slacks check (slack_user_id ~ '^[UW][A-Z0-9]{6,20}$') not valid;
-- new and empty: nothing to look through
-- squawk-ignore constraint-missing-not-valid
alter table identity.memberships validate constraint slack_user_is_one_of_slacks;
-- squawk-ignore require-concurrent-index-creation
create unique index slack_user_is_one_member on identity.memberships (tenant_id, slack_user_id);
comment on column identity.memberships.slack_user_id is
  'Who this member is in the tenant''s Slack workspace (the sender of channel slack): their permissions decide over the buttons they press.';
comment on column notify.senders.address is 'E.164 without a channel''s prefix; of channel slack the workspace''s id (T…), which what is pressed there finds its tenant by.';
