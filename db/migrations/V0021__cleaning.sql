/* pgmigrate-encoding: utf-8 */
-- Cleaning: what the guest wants, and what the house decided each morning. The work itself is a request like any other.

alter table public.bookings add column cleaning_skip_on date;
alter table public.bookings add column cleaning_dnd_at timestamptz;
comment on column public.bookings.cleaning_dnd_at is 'When it was last asked for: a late end of the day clears nothing that was asked for after it.';
comment on column public.bookings.auto_daily_cleaning is 'The guest wants the room cleaned every day.';
comment on column public.bookings.cleaning_pref_time is 'Local time at which the guest likes it best; null: the house''s.';
comment on column public.bookings.cleaning_dnd_today is 'Nobody knocks until the property''s day ends.';
comment on column public.bookings.cleaning_skip_on is 'The one day that the guest said to leave out.';
comment on column public.bookings.cleaning_opt_in_source is 'Where the guest last switched daily cleaning on.';

create table housekeeping.daily_cron_log (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  property_id uuid not null,
  booking_id uuid not null,
  room_id uuid,
  on_date date not null,
  decision text not null,
  reason text,
  request_id uuid,
  decided_at timestamptz not null,
  primary key (tenant_id, id),
  constraint cleaning_is_decided_once_a_day unique (tenant_id, booking_id, on_date),
  constraint cleaning_decision_is_known check (decision in ('planned', 'skipped')),
  constraint skipped_cleaning_says_why check ((decision = 'skipped') = (reason is not null)),
  constraint cleaning_reason_is_known check (reason in (
    'guest_said_skip', 'do_not_disturb', 'arrival_day', 'departure_day', 'cleaned_already', 'planned_already')),
  constraint planned_cleaning_is_a_request check ((decision = 'planned') = (request_id is not null)),
  foreign key (tenant_id, property_id, booking_id) references public.bookings (tenant_id, property_id, id),
  foreign key (tenant_id, property_id, room_id) references public.rooms (tenant_id, property_id, id),
  foreign key (tenant_id, request_id) references portal.requests (tenant_id, id)
);
create index daily_cron_log_by_day on housekeeping.daily_cron_log (tenant_id, property_id, on_date);
comment on table housekeeping.daily_cron_log is 'What daily cleaning decided for each booking each day, and why not. A record beside portal.requests, which holds the work.';
comment on column housekeeping.daily_cron_log.on_date is 'The local day of the slot, whenever the tick came.';
-- squawk-ignore require-concurrent-index-creation
create index requests_by_room on portal.requests (tenant_id, room_id, type_slug, closed_at) where room_id is not null;
