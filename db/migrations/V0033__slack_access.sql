/* pgmigrate-encoding: utf-8 */
-- Slack of each hotel: the bot token that proves which workspace is its own, and lets its cards in.

create table notify.slack_access (
  tenant_id uuid not null references public.tenants (id),
  bot_token text,
  offered_token text,
  is_asked boolean not null generated always as (offered_token is not null) stored,
  team_id text,
  team_name text,
  bot_name text,
  connected_at timestamptz,
  tested_at timestamptz,
  matched_at timestamptz,
  problem text,
  is_test_due boolean not null default false,
  is_match_due boolean not null default false,
  failures integer not null default 0,
  next_try_at timestamptz not null default clock_timestamp(),
  lease_until timestamptz,
  fence bigint not null default 0,
  last_error text,
  last_error_at timestamptz,
  primary key (tenant_id),
  constraint slack_problem_is_known check (problem in ('token_refused', 'token_revoked', 'workspace_taken', 'not_a_bot')),
  constraint connected_slack_says_where check ((bot_token is null) = (team_id is null)),
  constraint slack_workspace_is_one_of_slacks check (team_id ~ '^T[A-Z0-9]{6,20}$')
);
create index slack_access_due on notify.slack_access (next_try_at) where offered_token is not null or is_test_due or is_match_due;
comment on table notify.slack_access is 'What opens Slack for a hotel, and how the worker stands with it. Tokens are the worker''s: no session may read them. Without a row, or a token, cards leave with the installation''s own. Times but connected_at are the real clock''s.';
comment on column notify.slack_access.bot_token is 'Slack said with it, and nobody else, which workspace it opens (team_id). That one is the hotel''s sender of channel slack.';
comment on column notify.slack_access.offered_token is 'Given by a manager and not shown to Slack yet; gone when it was.';
comment on column notify.slack_access.connected_at is 'Since when this workspace is the hotel''s.';
comment on column notify.slack_access.tested_at is 'When Slack last knew the token.';
comment on column notify.slack_access.matched_at is 'When colleagues were last looked for in Slack by their e-mail addresses.';
comment on column notify.slack_access.problem is 'token_refused, not_a_bot and workspace_taken: of the token offered last, which was dropped. token_revoked: of the one that worked; the workspace is free for who can show one.';

-- a workspace that was only named is nobody's: whoever can show its token is let in
delete from notify.senders where channel = 'slack';
