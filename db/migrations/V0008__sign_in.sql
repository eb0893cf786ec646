/* pgmigrate-encoding: utf-8 */
-- Signing in: secrets that give way to the next, notices, tries and locks, registration, the platform's own people.

alter table public.tenants add column onboarding_completed_at timestamptz;
comment on column public.tenants.onboarding_completed_at is 'When the owner finished setting the first property up; until then they are led back there.';
-- whoever is here already has long been at work
update public.tenants set onboarding_completed_at = created_at where onboarding_completed_at is null;

alter table identity.users add column password_changed_at timestamptz;

alter table identity.refresh_tokens
  add column parent_id uuid,
  add column withdrawn_at timestamptz;
alter table identity.refresh_tokens
  add constraint secret_succeeds_one_of_its_tenant foreign key (tenant_id, parent_id) references identity.refresh_tokens (tenant_id, id) not valid;
-- empty but for open sessions: made in this release
-- squawk-ignore constraint-missing-not-valid
alter table identity.refresh_tokens validate constraint secret_succeeds_one_of_its_tenant;
-- squawk-ignore require-concurrent-index-creation
create index refresh_tokens_by_parent on identity.refresh_tokens (tenant_id, parent_id);
comment on column identity.refresh_tokens.parent_id is 'The secret that this one took the place of; a session''s secrets are one family.';
comment on column identity.refresh_tokens.withdrawn_at is 'Given, never shown, and replaced: whoever shows it now is not the browser it was meant for.';

create table identity.notices (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  membership_id uuid not null,
  kind text not null,
  details jsonb not null default '{}',
  created_at timestamptz not null default now(),
  seen_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, membership_id) references identity.memberships (tenant_id, id)
);
create index notices_not_seen on identity.notices (tenant_id, membership_id) where seen_at is null;
comment on table identity.notices is 'What a member is told about their own sign-ins, until they have seen it.';
comment on column identity.notices.kind is 'refresh_reused: a secret that had already given way was shown again, and the session was ended.';

create table identity.login_locks (
  bucket text primary key,
  failures integer not null default 0,
  last_failed_at timestamptz not null,
  locked_until timestamptz
);
comment on table identity.login_locks is 'Failed sign-ins in a row, for an account, an address and a network; each failure more locks for longer.';
comment on column identity.login_locks.bucket is
  'account:<sha256 of the e-mail in lower case>, address:<address> or network:<network>. Accounts that do not exist are counted like those that do.';

create table identity.login_attempts (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  membership_id uuid not null,
  outcome text not null,
  address text,
  at timestamptz not null,
  primary key (tenant_id, id),
  constraint login_attempt_outcome_is_known check (outcome in ('signed_in', 'refused', 'password_changed')),
  foreign key (tenant_id, membership_id) references identity.memberships (tenant_id, id)
);
create index login_attempts_by_member on identity.login_attempts (tenant_id, membership_id, at);
comment on table identity.login_attempts is 'Sign-ins of a tenant''s members, right and wrong, and changes of their passwords.';
comment on column identity.login_attempts.outcome is 'refused: a wrong password was given; signed_in; password_changed.';

create table identity.registrations (
  key_digest bytea primary key,
  body_digest bytea not null,
  made_tenant_id uuid references public.tenants (id),
  made_membership_id uuid,
  made_at timestamptz not null default now()
);
comment on table identity.registrations is 'Which idempotency key made which tenant: a repeat finds its own, a twin waits for the first.';
comment on column identity.registrations.body_digest is 'sha256 of what was sent, without the password.';

create table identity.platform_users (
  user_id uuid primary key references identity.users (id),
  display_name text not null,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  constraint platform_user_has_a_name check (length(btrim(display_name)) between 1 and 120)
);
comment on table identity.platform_users is 'The people who run the platform, made by the command line alone. They belong to no tenant by it.';

create table identity.platform_sessions (
  id uuid primary key default app.new_id(),
  user_id uuid not null references identity.platform_users (user_id),
  secret_digest bytea not null unique,
  previous_digest bytea unique,
  rotated_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_because text,
  address text,
  created_at timestamptz not null default now()
);
create index platform_sessions_by_user on identity.platform_sessions (user_id);
comment on table identity.platform_sessions is 'Sign-ins of the platform''s own people: half a day at most, no tenant.';
comment on column identity.platform_sessions.previous_digest is 'The secret that gave way last; shown later than ten seconds after that, it ends the session.';
