/* pgmigrate-encoding: utf-8 */
-- Tenants, properties and their settings; the private tables of schema app.

create table public.plans (
  id uuid primary key default app.new_id(),
  name text not null unique,
  limits jsonb not null default '{}',
  created_at timestamptz not null default now(),
  constraint plan_is_free_pro_or_enterprise check (name in ('FREE', 'PRO', 'ENTERPRISE'))
);
comment on table public.plans is 'What a tenant has subscribed to.';
comment on column public.plans.limits is 'Object: limit name to number; an absent limit is none.';

create table public.tenants (
  id uuid primary key default app.new_id(),
  slug text not null unique,
  hotel_name text not null,
  address text,
  owner_user_id uuid,
  plan_id uuid references public.plans (id),
  gstin text,
  pan text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tenant_slug_is_a_word check (slug ~ '^[a-z][a-z0-9-]{1,118}[a-z0-9]$'),
  constraint tenant_slug_is_not_reserved check (slug not in (
    'admin', 'api', 'app', 'auth', 'dev', 'functions', 'guest', 'kiosk', 'login', 'platform', 'portal',
    'register', 'rest', 'sandbox', 'staff', 'static', 'staybase', 'storage', 'www')),
  constraint tenant_has_a_name check (length(btrim(hotel_name)) between 1 and 255)
);
comment on table public.tenants is 'One customer: a hotel or a group of hotels.';
comment on column public.tenants.slug is 'Name in addresses and kiosk headers; one of the few global uniques, looked up by resolvers.';
comment on column public.tenants.gstin is 'Goods and services tax number (India), as registered.';
comment on column public.tenants.pan is 'Permanent account number (India), as registered.';

create table public.hotel_configs (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  config jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint tenant_has_one_hotel_config unique (tenant_id)
);
comment on table public.hotel_configs is 'What a kiosk loads with its tenant: branding, languages, texts.';

create table public.properties (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  code text not null,
  name text not null,
  time_zone text not null,
  country text not null,
  currency text not null,
  tax_mode text not null default 'inclusive',
  default_language text not null default 'en',
  check_in_time time not null default '14:00',
  check_out_time time not null default '12:00',
  phone text,
  picture_url text,
  accent_color text,
  is_default boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint property_code_is_unique_in_its_tenant unique (tenant_id, code),
  constraint property_code_is_short check (code ~ '^[A-Z][A-Z0-9]{1,5}$'),
  constraint property_country_is_two_letters check (country ~ '^[A-Z]{2}$'),
  constraint property_currency_is_three_letters check (currency ~ '^[A-Z]{3}$'),
  constraint property_tax_mode_is_known check (tax_mode in ('inclusive', 'exclusive')),
  constraint property_phone_is_e164 check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  constraint property_accent_is_a_color check (accent_color ~ '^#[0-9a-f]{6}$')
);
create unique index tenant_has_one_default_property on public.properties (tenant_id) where is_default;
comment on table public.properties is 'One building of a tenant, with its own zone, currency, taxes and settings.';
comment on column public.properties.code is 'Short name people say, the prefix of request numbers: FSL in FSL-1042.';
comment on column public.properties.time_zone is 'IANA name; every date of the property is a date there.';
comment on column public.properties.tax_mode is 'inclusive: prices carry their one tax; exclusive: taxes are added, several may apply.';

create table public.app_settings (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  property_id uuid,
  key text not null,
  value jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint setting_is_stated_once unique nulls not distinct (tenant_id, property_id, key),
  foreign key (tenant_id, property_id) references public.properties (tenant_id, id)
);
comment on table public.app_settings is 'Differences between properties are rows here, never code. Without a property it holds for the whole tenant.';

create table public.tax_codes (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  property_id uuid not null,
  code text not null,
  name text not null,
  rate numeric(7, 4),
  categories text[] not null,
  valid_from date not null default '2000-01-01',
  valid_until date,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint tax_code_is_stated_once unique (tenant_id, property_id, code, valid_from),
  constraint tax_rate_is_a_percentage check (rate between 0 and 100),
  constraint tax_code_ends_after_it_starts check (valid_until > valid_from),
  foreign key (tenant_id, property_id) references public.properties (tenant_id, id)
);
comment on table public.tax_codes is 'A tax of a property with the charge categories it falls on and the dates between which it holds.';
comment on column public.tax_codes.rate is 'Percent; null means exempt, which is not the same as 0.';
comment on column public.tax_codes.valid_until is 'First business date on which it no longer holds; null: open.';

create table app.reference_data (
  kind text not null,
  key text not null,
  data jsonb not null,
  digest bytea not null generated always as (app.digest(data::text)) stored,
  updated_at timestamptz not null default now(),
  primary key (kind, key)
);
comment on table app.reference_data is 'What a tenant is given when it is made: workflows, templates, roles, feature windows. Copies remember the digest they were made from.';

create table app.clock (
  only_row boolean primary key default true,
  shift interval not null default '0',
  constraint clock_has_one_row check (only_row)
);
comment on table app.clock is 'How far the development clock is ahead of the real one. Production never reads it.';
insert into app.clock default values;

create table app.idempotency_keys (
  tenant_id uuid not null references public.tenants (id),
  caller text not null,
  command text not null,
  key text not null,
  body_digest bytea not null,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (tenant_id, caller, command, key),
  constraint idempotency_key_is_short check (length(key) between 1 and 200)
);
create index idempotency_keys_by_age on app.idempotency_keys (created_at);
comment on table app.idempotency_keys is 'What a caller''s key has already brought about: the twin waits for the row, compares the digest and gets the same answer. Kept 7 days, only for what succeeded.';
comment on column app.idempotency_keys.caller is 'Session type and actor: staff:<membership id>, guest:<booking id>.';
comment on column app.idempotency_keys.body_digest is 'sha256 of the canonical body (jsonb text).';

create unlogged table app.limits (
  bucket text not null,
  window_start timestamptz not null,
  hits integer not null default 0,
  primary key (bucket, window_start)
);
comment on table app.limits is 'Counters of what was tried, per bucket and window. Unlogged: a crash forgives.';

create table app.platform_alerts (
  id uuid primary key default app.new_id(),
  kind text not null,
  dedupe_key text not null unique,
  details jsonb not null default '{}',
  raised_at timestamptz not null default now(),
  resolved_at timestamptz
);
comment on table app.platform_alerts is 'What concerns the whole house and no single tenant, such as a burst of guessed codes. One row an occurrence.';

create table app.job_runs (
  tenant_id uuid not null references public.tenants (id),
  job text not null,
  property_id uuid not null,
  slot timestamptz not null,
  ran_at timestamptz not null default now(),
  outcome jsonb not null default '{}',
  primary key (tenant_id, job, property_id, slot),
  foreign key (tenant_id, property_id) references public.properties (tenant_id, id)
);
comment on table app.job_runs is 'What the tick has done: one row for a job, property and local slot, so late, doubled and missed ticks change nothing.';
