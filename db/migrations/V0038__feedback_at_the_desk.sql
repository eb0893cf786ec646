/* pgmigrate-encoding: utf-8 */
-- What a guest says at the desk is noted there, in the guest's stead.

alter table portal.feedback
  add column given_by uuid,
  add constraint feedback_is_noted_by_a_member foreign key (tenant_id, given_by) references identity.memberships (tenant_id, id) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table portal.feedback validate constraint feedback_is_noted_by_a_member;
comment on column portal.feedback.given_by is 'Who of the house noted it for the guest; null: the guest''s own hand.';
comment on column portal.feedback.language is 'In which the guest read the question, or the member noted the answer.';
