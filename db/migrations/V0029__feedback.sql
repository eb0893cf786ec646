/* pgmigrate-encoding: utf-8 */
-- What guests say of their stay.

create table portal.feedback (
  tenant_id uuid not null,
  id uuid not null default app.new_id(),
  property_id uuid not null,
  booking_id uuid not null,
  request_id uuid,
  rating integer not null,
  comment text,
  language text not null,
  complaint_id uuid,
  given_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint feedback_is_given_once unique nulls not distinct (tenant_id, booking_id, request_id),
  constraint rating_is_one_to_five check (rating between 1 and 5),
  constraint feedback_comment_is_short check (length(comment) between 1 and 2000),
  foreign key (tenant_id, property_id, booking_id) references public.bookings (tenant_id, property_id, id),
  foreign key (tenant_id, request_id) references portal.requests (tenant_id, id),
  foreign key (tenant_id, complaint_id) references portal.requests (tenant_id, id)
);
create index feedback_by_time on portal.feedback (tenant_id, property_id, given_at);
comment on table portal.feedback is 'Marks of guests who have left: one for the stay, and one for each request they care to mark. Never edited.';
comment on column portal.feedback.request_id is 'The request it is about; null: the stay.';
comment on column portal.feedback.rating is '1 (bad) to 5 (very good).';
comment on column portal.feedback.language is 'In which the guest read the question.';
comment on column portal.feedback.complaint_id is 'The complaint that a low mark became.';
-- squawk-ignore require-concurrent-index-creation
create index bookings_by_check_out on public.bookings (tenant_id, property_id, checked_out_at) where checked_out_at is not null;
