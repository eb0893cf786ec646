/* pgmigrate-encoding: utf-8 */
-- How far a new house has come with setting itself up.

alter table public.tenants add column onboarding_steps text[] not null default '{}';
alter table public.tenants
  add constraint onboarding_steps_are_known
    check (onboarding_steps <@ array['property', 'taxes', 'rooms', 'teams', 'staff']) not valid;
-- every row has the default: made in this release
-- squawk-ignore constraint-missing-not-valid
alter table public.tenants validate constraint onboarding_steps_are_known;
comment on column public.tenants.onboarding_steps is 'Steps of the onboarding that somebody has gone through or skipped; the owner comes back to the first one missing.';
