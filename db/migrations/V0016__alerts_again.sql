/* pgmigrate-encoding: utf-8 */
-- Alerts say how often, and attempts to sign in are found by where they came from.

alter table public.alerts add column times integer not null default 1;
-- squawk-ignore constraint-missing-not-valid
alter table public.alerts add constraint alert_happened_at_least_once check (times > 0);
comment on column public.alerts.raised_at is 'When it was raised; for what is told again while it is open (alerts of sign-in), when it happened last.';
comment on column public.alerts.times is 'How often it happened while it was open, where that is counted: alerts of sign-in.';

-- squawk-ignore require-concurrent-index-creation
create index login_attempts_by_address on identity.login_attempts (address, at) where outcome = 'refused';
