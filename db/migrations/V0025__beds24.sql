/* pgmigrate-encoding: utf-8 */
-- Beds24: which house is which property there, what opens the door, which rooms mean which, and what is taken over.

create table notify.beds24_connections (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  property_id uuid not null,
  beds24_property_id bigint not null,
  webhook_digest bytea not null,
  verified_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint property_has_one_beds24_connection unique (tenant_id, property_id),
  constraint beds24_webhook_secret_opens_one_door unique (webhook_digest),
  constraint beds24_property_id_is_positive check (beds24_property_id > 0),
  foreign key (tenant_id, property_id) references public.properties (tenant_id, id)
);
create unique index beds24_property_has_one_house on notify.beds24_connections (beds24_property_id) where verified_at is not null;
comment on table notify.beds24_connections is 'A house and its property at Beds24; one each way.';
comment on column notify.beds24_connections.webhook_digest is 'sha256 of the secret that Beds24 sends with its webhooks, shown once.';
comment on column notify.beds24_connections.verified_at is 'When Beds24 showed the property to whom the invite code let in: from then on the number is this house''s alone. Null while that is open, and after a disconnection.';

create table notify.beds24_access (
  tenant_id uuid not null,
  connection_id uuid not null,
  state text not null default 'invited',
  invite_code text,
  refresh_token text,
  refresh_used_at timestamptz,
  access_token text,
  access_until timestamptz,
  problem text,
  credits_left numeric,
  credits_until timestamptz,
  is_sweep_due boolean not null default true,
  swept_until timestamptz,
  swept_at timestamptz,
  offered jsonb not null default '[]',
  failures integer not null default 0,
  next_try_at timestamptz not null default clock_timestamp(),
  lease_until timestamptz,
  fence bigint not null default 0,
  last_error text,
  last_error_at timestamptz,
  primary key (tenant_id, connection_id),
  constraint beds24_access_state_is_known check (state in ('invited', 'connected', 'refused', 'off')),
  constraint refused_beds24_access_says_why check ((state = 'refused') = (problem is not null)),
  constraint connected_beds24_access_has_its_token check (state <> 'connected' or refresh_token is not null),
  foreign key (tenant_id, connection_id) references notify.beds24_connections (tenant_id, id)
);
create index beds24_access_due on notify.beds24_access (next_try_at) where state in ('invited', 'connected');
comment on table notify.beds24_access is 'What opens Beds24 for a connection, and how the worker stands with it. Tokens are the worker''s: no session may read them. Times are the real clock''s.';
comment on column notify.beds24_access.invite_code is 'Typed by a manager, good for 15 minutes and once; gone when it was used.';
comment on column notify.beds24_access.refresh_token is 'Dies after 30 days without use.';
comment on column notify.beds24_access.problem is 'Why Beds24, or we, refused: invite_refused, token_refused, property_not_shown, property_taken, currency_differs.';
comment on column notify.beds24_access.credits_left is 'Of the account, as the last answer told; good until credits_until, when a new window begins.';
comment on column notify.beds24_access.swept_until is 'The latest change that a sweep has seen, by Beds24''s clock: the next one asks from shortly before it. Null: none yet.';
comment on column notify.beds24_access.offered is 'The property''s rooms as Beds24 names them: [{id, name, units: [{id, name}]}].';
comment on column notify.beds24_access.next_try_at is 'Not before: after a failure, or when the credits were nearly gone.';

create table notify.beds24_rooms (
  tenant_id uuid not null,
  id uuid not null default app.new_id(),
  connection_id uuid not null,
  property_id uuid not null,
  beds24_room_id bigint not null,
  unit_id integer not null default 0,
  room_type_id uuid not null,
  room_id uuid,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint beds24_room_means_one_thing unique (tenant_id, connection_id, beds24_room_id, unit_id),
  constraint beds24_unit_is_a_room check ((unit_id = 0) = (room_id is null)),
  foreign key (tenant_id, connection_id) references notify.beds24_connections (tenant_id, id),
  foreign key (tenant_id, property_id, room_type_id) references public.room_types (tenant_id, property_id, id),
  foreign key (tenant_id, property_id, room_id) references public.rooms (tenant_id, property_id, id)
);
comment on table notify.beds24_rooms is 'Which of our room types a room of Beds24 is (unit 0), and which of our rooms its units are.';

create table notify.beds24_imports (
  tenant_id uuid not null,
  id uuid not null default app.new_id(),
  connection_id uuid not null,
  property_id uuid not null,
  beds24_booking_id bigint not null,
  asked integer not null default 1,
  answered integer not null default 0,
  not_before timestamptz not null default clock_timestamp(),
  outcome text not null default 'waiting',
  modified_at timestamptz,
  taken jsonb,
  seen jsonb,
  booking_id uuid,
  block_id uuid,
  problem text,
  problem_says text,
  tried_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint beds24_booking_is_imported_once unique (tenant_id, connection_id, beds24_booking_id),
  constraint beds24_import_outcome_is_known check (outcome in ('waiting', 'taken', 'past', 'gone', 'problem', 'left')),
  constraint beds24_problem_says_why check ((outcome = 'problem') = (problem is not null)),
  constraint answers_do_not_outrun_questions check (answered between 0 and asked),
  foreign key (tenant_id, connection_id) references notify.beds24_connections (tenant_id, id),
  foreign key (tenant_id, property_id, booking_id) references public.bookings (tenant_id, property_id, id),
  foreign key (tenant_id, block_id) references public.room_blocks (tenant_id, id)
);
create index beds24_imports_due on notify.beds24_imports (tenant_id, connection_id, not_before) where asked > answered;
create index beds24_imports_with_problems on notify.beds24_imports (tenant_id, property_id) where outcome = 'problem';
comment on table notify.beds24_imports is 'A booking of Beds24 and what became of it here. Outbox of questions and record in one: asked > answered is still to be fetched.';
comment on column notify.beds24_imports.asked is 'How often somebody said it changed: webhooks, sweeps, people. One fetch answers all that were asked before it.';
comment on column notify.beds24_imports.modified_at is 'Modified time, by Beds24''s clock, of the version that was looked at last: what is older, or the same, changes nothing.';
comment on column notify.beds24_imports.taken is 'The version that was carried out last, without personal data: only what differs from it is followed, so that what the desk decided meanwhile stands.';
comment on column notify.beds24_imports.seen is 'The version looked at last, in the same form.';
comment on column notify.beds24_imports.outcome is 'past: over before it was first seen. gone: Beds24 no longer has it. problem: waits for a human, and is tried again. left: a human said to leave it.';

create table notify.beds24_hints (
  tenant_id uuid not null,
  id uuid not null default app.new_id(),
  connection_id uuid not null,
  beds24_booking_id bigint not null,
  digest bytea not null,
  body text not null,
  times integer not null default 1,
  received_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint beds24_hint_is_kept_once unique (tenant_id, connection_id, digest),
  foreign key (tenant_id, connection_id) references notify.beds24_connections (tenant_id, id)
);
create index beds24_hints_by_age on notify.beds24_hints (tenant_id, connection_id, received_at);
create index beds24_hints_by_booking on notify.beds24_hints (tenant_id, beds24_booking_id);
comment on table notify.beds24_hints is 'Webhooks as they came, for whoever asks what was said. Nobody believes them: each only leads to a fetch. Kept for 30 days.';
comment on column notify.beds24_hints.times is 'How often the very same body came.';

-- a table of a handful of rows
-- squawk-ignore ban-drop-constraint
alter table notify.channels drop constraint channel_is_known;
-- squawk-ignore constraint-missing-not-valid
alter table notify.channels add constraint channel_is_known check (key in ('whatsapp', 'slack', 'sms', 'email', 'beds24'));
insert into notify.channels (key, lease, most_failures, first_delay, longest_delay, can_look_up, lookup_gap) values
  ('beds24', '30 seconds', 8, '5 seconds', '10 minutes', true, '1 minute');
comment on table notify.channels is 'How each channel is sent on: lease, retries, look-ups. Belongs to the house, not to a tenant. beds24 carries lines of folios to Beds24''s invoices, nothing to a person.';

-- an import does what a receptionist would do, by the same commands; engine owns them, and still reads no view
grant usage on schema api to engine;
