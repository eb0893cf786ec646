/* pgmigrate-encoding: utf-8 */
-- Who runs the installation is written to when its clock stands still or a job of it fails to the end.

create table app.operator_mails (
  id uuid primary key default app.new_id(),
  alert_id uuid not null references app.platform_alerts (id) on delete cascade,
  is_over boolean not null,
  recipient text not null,
  state text not null default 'sending',
  tries integer not null default 1,
  next_try_at timestamptz,
  error_code text,
  claimed_at timestamptz not null default clock_timestamp(),
  constraint an_alarm_is_mailed_once unique (alert_id, is_over, recipient),
  constraint operator_mail_state_is_known check (state in ('sending', 'sent', 'failed', 'unknown')),
  constraint only_a_failed_operator_mail_is_tried_again check ((state = 'failed') = (next_try_at is not null)),
  constraint operator_mail_is_tried_at_least_once check (tries > 0)
);
comment on table app.operator_mails is 'Mails about alerts of the whole house to who runs it: one when it begins, one when it is over. Claimed here before it leaves, so that no restart and no second worker sends it twice. Belongs to the house, not to a tenant.';
comment on column app.operator_mails.is_over is 'False: it has begun; true: it is over.';
comment on column app.operator_mails.recipient is 'An e-mail address of a person who runs the installation, no guest''s.';
comment on column app.operator_mails.state is 'sending: claimed; one that stays so was cut short, nobody knows whether it left, and it is not sent again. failed: definitely not taken, and tried again. unknown: no answer came.';
comment on column app.operator_mails.next_try_at is 'When a failed one is tried again, by the real clock.';
comment on column app.operator_mails.claimed_at is 'Real clock.';
