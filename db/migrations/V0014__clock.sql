/* pgmigrate-encoding: utf-8 */
-- The clock: which jobs there are, when each is next due at a property, and what came of each run.

create table app.jobs (
  key text primary key,
  position integer not null,
  label jsonb not null,
  at_time time,
  every interval,
  grace interval not null,
  is_on boolean not null,
  has_variants boolean not null default false,
  constraint job_key_is_a_key check (key ~ '^[a-z][a-z0-9_]{1,59}$'),
  constraint job_speaks_english_and_spanish check (label ?& array['en', 'es']),
  constraint job_is_daily_or_recurs check ((at_time is null) <> (every is null)),
  constraint job_recurs_by_minutes check (every >= interval '1 minute'),
  constraint job_grace_is_positive check (grace > interval '0')
);
comment on table app.jobs is 'What the tick does at each property. The job''s function has the key''s name. Belongs to the house, not to a tenant.';
comment on column app.jobs.at_time is 'Local time of day, once a day, unless the property says another; null: it recurs.';
comment on column app.jobs.every is 'Distance of its slots from midnight UTC on; null: once a day.';
comment on column app.jobs.grace is 'How late a slot is still made up for, after an outage say; later it is noted as missed.';
comment on column app.jobs.has_variants is 'A property has several of it, planned where they are made; else it has exactly one.';
comment on column app.jobs.is_on is 'Whether it runs where a property says nothing.';

create table app.job_plans (
  tenant_id uuid not null references public.tenants (id),
  property_id uuid not null,
  job text not null references app.jobs (key) on delete cascade,
  variant text not null default '',
  at_time time,
  is_on boolean not null,
  next_at timestamptz not null,
  primary key (tenant_id, property_id, job, variant),
  constraint job_variant_is_a_key check (variant ~ '^[a-z0-9_-]{0,60}$'),
  foreign key (tenant_id, property_id) references public.properties (tenant_id, id)
);
create index job_plans_by_next on app.job_plans (next_at) where is_on;
comment on table app.job_plans is 'When each job is next due at a property: so that a tick asks an index, not a thousand zones. Follows settings, zones and menus by triggers.';
comment on column app.job_plans.variant is 'Which one, where a property has several of a job (a menu''s slug); else empty.';
comment on column app.job_plans.next_at is 'The slot that runs next, or when a failed one is tried again.';

alter table app.job_runs add column variant text not null default '';
alter table app.job_runs add column state text not null default 'done';
alter table app.job_runs add column tries integer not null default 1;
alter table app.job_runs add column error text;
-- the release's own table, of a few rows a day
-- squawk-ignore constraint-missing-not-valid
alter table app.job_runs add constraint job_run_state_is_known check (state in ('running', 'done', 'failed', 'missed'));
-- squawk-ignore constraint-missing-not-valid
alter table app.job_runs add constraint failed_run_says_why check ((state = 'failed') = (error is not null));
-- squawk-ignore ban-drop-constraint
alter table app.job_runs drop constraint job_runs_pkey;
-- squawk-ignore adding-serial-primary-key-field, constraint-missing-not-valid
alter table app.job_runs add constraint a_slot_runs_once primary key (tenant_id, job, property_id, variant, slot);
comment on column app.job_runs.slot is 'The instant it was due: the same for late, doubled and repeated ticks.';
comment on column app.job_runs.state is 'running: a further batch waits for the next tick. missed: nobody ticked until its grace was over.';

create table app.last_tick (
  is_the_one boolean primary key default true,
  ticked_at timestamptz not null default clock_timestamp(),
  took interval not null default '0',
  constraint there_is_one_clock check (is_the_one)
);
insert into app.last_tick default values;
comment on table app.last_tick is 'When the tick last ended, by the real clock: silence is told to the house.';
