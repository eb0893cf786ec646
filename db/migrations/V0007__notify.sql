/* pgmigrate-encoding: utf-8 */
-- The notification ledger: outbox and record in one, its attempts, templates, teams, senders, and alerts.

create table notify.channels (
  key text primary key,
  lease interval not null,
  most_failures integer not null,
  first_delay interval not null,
  longest_delay interval not null,
  can_look_up boolean not null,
  lookup_gap interval not null,
  constraint channel_is_known check (key in ('whatsapp', 'slack', 'sms', 'email')),
  constraint channel_lease_is_positive check (lease > interval '0'),
  constraint channel_tries_at_least_once check (most_failures >= 1),
  constraint channel_delays_grow check (first_delay > interval '0' and longest_delay >= first_delay),
  constraint channel_lookup_gap_is_positive check (lookup_gap > interval '0')
);
comment on table notify.channels is 'How each channel is sent on: lease, retries, look-ups. Belongs to the house, not to a tenant.';
comment on column notify.channels.lease is 'How long a claimed row is its worker''s, by the real clock; longer than a provider call may take.';
comment on column notify.channels.most_failures is 'Definite failures after which a row is dead.';
comment on column notify.channels.first_delay is 'Wait after the first failure; doubles with each further one, with jitter, up to longest_delay.';
comment on column notify.channels.can_look_up is 'Whether the provider can be asked what became of an attempt. Mail cannot: a human decides.';
comment on column notify.channels.lookup_gap is 'Time between the two look-ups of an attempt whose outcome is unknown.';
insert into notify.channels (key, lease, most_failures, first_delay, longest_delay, can_look_up, lookup_gap) values
  ('whatsapp', '30 seconds', 6, '2 seconds', '10 minutes', true, '1 minute'),
  ('slack', '30 seconds', 8, '2 seconds', '10 minutes', true, '1 minute'),
  ('sms', '30 seconds', 6, '2 seconds', '10 minutes', true, '1 minute'),
  ('email', '60 seconds', 8, '5 seconds', '30 minutes', false, '1 minute');

create table notify.templates (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  key text not null,
  channel text not null default 'whatsapp' references notify.channels (key),
  event text not null,
  category text not null default 'utility',
  content_name text not null,
  variables jsonb not null default '[]',
  bodies jsonb not null,
  content_ids jsonb not null default '{}',
  status text not null default 'draft',
  pending jsonb,
  reference_digest bytea,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint template_key_is_unique_in_its_tenant unique (tenant_id, channel, key),
  constraint template_key_is_a_key check (key ~ '^[a-z][a-z0-9_]{1,59}$'),
  constraint template_category_is_known check (category in ('utility', 'marketing', 'authentication')),
  constraint template_status_is_known check (status in ('draft', 'submitted', 'approved', 'rejected', 'paused')),
  constraint template_variables_are_a_list check (jsonb_typeof(variables) = 'array'),
  constraint template_speaks_english check (jsonb_typeof(bodies) = 'object' and bodies ? 'en'),
  constraint template_content_ids_are_an_object check (jsonb_typeof(content_ids) = 'object'),
  constraint template_pending_is_a_whole_text check (pending ?& array['event', 'category', 'content_name', 'variables', 'bodies'])
);
comment on table notify.templates is 'A tenant''s message texts. Only approved ones leave outside the guest''s 24-hour window.';
comment on column notify.templates.pending is 'The seed''s newer {event, category, content_name, variables, bodies} while the row''s own text is approved and this is not: guests go on hearing the approved one.';
comment on column notify.templates.content_name is 'Name of the provider''s content template; a language''s is <content_name>_<language>.';
comment on column notify.templates.variables is '[{name, type, sample}] in the provider''s order: the first is its {{1}}.';
comment on column notify.templates.bodies is '{language: text with {{name}}}.';
comment on column notify.templates.content_ids is '{language: provider''s content id}; a missing one is found by its name at the provider.';
comment on column notify.templates.reference_digest is 'Digest of the seed this copy still equals; null once edited.';

create table notify.teams (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  property_id uuid,
  key text not null,
  label jsonb not null,
  icon text not null default 'bell',
  slack_channel text,
  reference_digest bytea,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint team_is_stated_once unique nulls not distinct (tenant_id, property_id, key),
  constraint team_key_is_a_key check (key ~ '^[a-z][a-z0-9_]{1,59}$'),
  constraint team_label_speaks_english check (jsonb_typeof(label) = 'object' and label ? 'en'),
  constraint team_slack_channel_is_a_name_or_id check (slack_channel ~ '^(#[a-z0-9_-]{1,80}|[CG][A-Z0-9]{8,20})$'),
  foreign key (tenant_id, property_id) references public.properties (tenant_id, id)
);
comment on table notify.teams is 'Who works on requests, and the Slack channel that tells them. A property''s row wins over the tenant''s (property_id null).';
comment on column notify.teams.slack_channel is 'Channel id, or #name.';

create table notify.senders (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  channel text not null references notify.channels (key),
  address text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint sender_is_one_for_a_channel unique (tenant_id, channel),
  constraint provider_number_has_one_tenant unique (channel, address)
);
comment on table notify.senders is 'The number a tenant writes from. Globally unique: what is written to it finds its tenant by it.';
comment on column notify.senders.address is 'E.164 without a channel''s prefix.';

create table public.notification_log (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  event_key text not null,
  channel text not null references notify.channels (key),
  recipient text,
  template_key text,
  language text not null default 'en',
  variables jsonb not null default '{}',
  dedupe_key text not null,
  state text not null default 'queued',
  provider_id text,
  send_after timestamptz not null,
  fence bigint not null default 0,
  lease_until timestamptz,
  attempt_count integer not null default 0,
  failure_count integer not null default 0,
  lookup_count integer not null default 0,
  lookup_failure_count integer not null default 0,
  next_lookup_at timestamptz,
  is_resent boolean not null default false,
  error_code text,
  error_message text,
  property_id uuid,
  booking_id uuid,
  request_id uuid,
  sent_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint notification_is_queued_once unique (tenant_id, dedupe_key),
  constraint notification_state_is_known check (state in (
    'queued', 'sending', 'unknown', 'sent', 'failed', 'delivered', 'read', 'dead', 'suppressed', 'cancelled')),
  constraint only_sending_is_leased check ((state = 'sending') = (lease_until is not null)),
  constraint only_unknown_is_looked_up check (state = 'unknown' or next_lookup_at is null),
  constraint what_leaves_has_a_recipient check (recipient is not null or state in ('suppressed', 'cancelled')),
  constraint suppressed_says_why check (state <> 'suppressed' or error_code is not null),
  foreign key (tenant_id, property_id) references public.properties (tenant_id, id),
  foreign key (tenant_id, booking_id) references public.bookings (tenant_id, id),
  foreign key (tenant_id, request_id) references portal.requests (tenant_id, id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0,
        autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000);
create index notifications_due on public.notification_log (channel, send_after) where state = 'queued';
create index notifications_leased on public.notification_log (lease_until) where state = 'sending';
create index notifications_to_look_up on public.notification_log (next_lookup_at) where next_lookup_at is not null;
create index notifications_by_request on public.notification_log (tenant_id, request_id) where request_id is not null;
comment on table public.notification_log is 'Every message to a guest or a team: queued with its cause, sent by the worker, settled by the provider. Outbox and record in one.';
comment on column public.notification_log.recipient is 'E.164 phone, Slack channel or e-mail address; null only where nothing leaves.';
comment on column public.notification_log.dedupe_key is 'The event it tells of: the same event twice is one row.';
comment on column public.notification_log.provider_id is 'Twilio''s MessageSid, or Slack''s channel and ts joined by a colon.';
comment on column public.notification_log.send_after is 'Not before this instant of app.now().';
comment on column public.notification_log.fence is 'Grows with each claim and replay; what an older holder reports no longer counts.';
comment on column public.notification_log.lease_until is 'Until then the row is its worker''s; real clock.';
comment on column public.notification_log.failure_count is 'Definite failures since it was queued or replayed; throttling does not count.';
comment on column public.notification_log.lookup_count is 'Look-ups of the present unknown attempt; also their fence.';
comment on column public.notification_log.next_lookup_at is 'When the provider is asked next, by the real clock. An unknown row without it waits for a human.';
comment on column public.notification_log.is_resent is 'Queued again once because two look-ups found nothing; a second time a human decides.';

create table public.notification_attempts (
  tenant_id uuid not null,
  id uuid not null default app.new_id(),
  notification_id uuid not null,
  fence bigint not null,
  number integer not null,
  outcome text not null default 'open',
  provider_id text,
  error_code text,
  error_message text,
  started_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  primary key (tenant_id, id),
  constraint attempt_is_written_once unique (tenant_id, notification_id, fence),
  constraint attempt_outcome_is_known check (outcome in ('open', 'accepted', 'failed', 'throttled', 'unknown')),
  constraint open_attempt_has_not_ended check ((outcome = 'open') = (ended_at is null)),
  foreign key (tenant_id, notification_id) references public.notification_log (tenant_id, id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0,
        autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000);
create index attempts_by_provider_id on public.notification_attempts (provider_id) where provider_id is not null;
comment on table public.notification_attempts is 'One row for each try, committed just before the provider is called: without it a lost lease is simply queued again.';
comment on column public.notification_attempts.fence is 'The claim it was made under.';

create table notify.workers (
  id uuid primary key default app.new_id(),
  kind text not null,
  is_asleep boolean not null default false,
  seen_at timestamptz not null default clock_timestamp(),
  constraint worker_kind_is_known check (kind in ('outbox', 'events'))
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200);
comment on table notify.workers is 'Processes that follow a table. A commit notifies only where one sleeps: a notify in every commit would serialise them.';
comment on column notify.workers.seen_at is 'Last sign of life, real clock; a row that is silent for long is swept.';

create table public.alerts (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  property_id uuid,
  kind text not null,
  severity text not null default 'normal',
  subject text not null,
  details jsonb not null default '{}',
  dedupe_key text not null,
  raised_at timestamptz not null default now(),
  resolved_at timestamptz,
  primary key (tenant_id, id),
  constraint alert_severity_is_known check (severity in ('low', 'normal', 'high', 'urgent')),
  foreign key (tenant_id, property_id) references public.properties (tenant_id, id)
);
create unique index alert_is_open_once on public.alerts (tenant_id, dedupe_key) where resolved_at is null;
comment on table public.alerts is 'What a human has to see to. Open until resolved_at; the same thing is open once.';
comment on column public.alerts.details is 'Ids and codes, no personal data.';
