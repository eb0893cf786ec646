/* pgmigrate-encoding: utf-8 */
-- A mailbox that does not exist is not written to again, and who lifts a suppression is kept.

-- squawk-ignore ban-drop-constraint
alter table notify.suppressions drop constraint suppression_reason_is_known;
alter table notify.suppressions
  add constraint suppression_reason_is_known check (reason in ('stop', 'provider', 'provider_marketing', 'bounce')) not valid;
-- wider than the one before: what is there holds
-- squawk-ignore constraint-missing-not-valid
alter table notify.suppressions validate constraint suppression_reason_is_known;
comment on column notify.suppressions.reason is
  'stop: the person said so, only direct answers leave; provider: the provider refuses it, nothing leaves; provider_marketing: it refuses marketing; bounce: the mail server knows no such mailbox, said at RCPT. A mail that comes back later does so to the sender''s mailbox, which nobody reads here.';
comment on column notify.suppressions.address is 'E.164 phone, or e-mail address.';

alter table notify.suppressions
  add column lifted_by uuid,
  add column lifted_how text;
alter table notify.suppressions
  add constraint suppression_is_lifted_in_a_known_way check (lifted_how in ('in_person', 'by_phone', 'in_writing')) not valid;
-- new and empty: nothing to look through
-- squawk-ignore constraint-missing-not-valid
alter table notify.suppressions validate constraint suppression_is_lifted_in_a_known_way;
comment on column notify.suppressions.lifted_by is 'The membership of whoever lifted it; null where the person wrote START.';
comment on column notify.suppressions.lifted_how is 'How the person asked for it: in_person, by_phone, in_writing.';

-- squawk-ignore require-concurrent-index-creation
create index notifications_dead on public.notification_log (tenant_id, channel, recipient) where state = 'dead';
