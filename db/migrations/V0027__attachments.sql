/* pgmigrate-encoding: utf-8 */
-- Pictures and papers that guests send with a message: named with the request, fetched by the worker.

create table portal.request_attachments (
  tenant_id uuid not null,
  id uuid not null default app.new_id(),
  request_id uuid not null,
  message_id uuid not null,
  number integer not null,
  source_url text,
  content_type text,
  bytes bigint,
  state text not null default 'waiting',
  reason text,
  try_count integer not null default 0,
  next_try_at timestamptz,
  created_at timestamptz not null,
  kept_at timestamptz,
  primary key (tenant_id, id),
  constraint attachment_is_kept_once unique (tenant_id, message_id, number),
  constraint attachment_state_is_known check (state in ('waiting', 'kept', 'refused', 'forgotten', 'gone')),
  constraint waiting_attachment_has_a_source check (state <> 'waiting' or (source_url is not null and next_try_at is not null)),
  constraint refused_attachment_says_why check (state <> 'refused' or reason is not null),
  constraint attachment_size_is_bounded check (bytes between 0 and 16777216),
  foreign key (tenant_id, request_id) references portal.requests (tenant_id, id),
  foreign key (tenant_id, message_id) references notify.inbound_messages (tenant_id, id)
);
create index attachments_by_request on portal.request_attachments (tenant_id, request_id, created_at);
create index attachments_due on portal.request_attachments (next_try_at) where state in ('waiting', 'forgotten');
comment on table portal.request_attachments is 'What came with a guest''s message. The file itself lies in the house''s store under <tenant>/<id>.';
comment on column portal.request_attachments.number is 'Its place in the message, from 1.';
comment on column portal.request_attachments.content_type is 'As the sender said until it is kept, then as the file itself says.';
comment on column portal.request_attachments.bytes is 'Size of the kept file.';
comment on column portal.request_attachments.state is 'waiting to be fetched; kept; refused, with the reason; forgotten: the file is still to be removed; gone.';
comment on column portal.request_attachments.reason is 'too_many, too_large, type_not_taken, not_found, not_reached.';
comment on column portal.request_attachments.next_try_at is 'When the worker looks at it next, by the real clock.';
