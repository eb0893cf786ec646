/* pgmigrate-encoding: utf-8 */
-- Who may be written to: consents with their proof, suppressions, and what guests wrote, which opens the provider's 24-hour window.

create table notify.consents (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  guest_id uuid,
  address text not null,
  scope text not null,
  is_given boolean not null,
  source text not null,
  proof jsonb not null default '{}',
  at timestamptz not null,
  primary key (tenant_id, id),
  constraint consent_scope_is_known check (scope in ('stay_service', 'marketing')),
  constraint consent_source_is_known check (source in ('booking', 'whatsapp', 'staff', 'provider')),
  foreign key (tenant_id, guest_id) references public.guests (tenant_id, id)
);
create index consents_by_address on notify.consents (tenant_id, address, scope, at desc, id desc);
create index consents_by_guest on notify.consents (tenant_id, guest_id) where guest_id is not null;
comment on table notify.consents is 'What somebody agreed to be written to about, and what they took back: only added to. The latest row of an address and scope holds.';
comment on column notify.consents.address is 'E.164 phone.';
comment on column notify.consents.scope is 'stay_service: messages about the stay; marketing: all else.';
comment on column notify.consents.proof is 'How it is known: {"with": "booking"}, {"message": provider''s id, "word": "STOP"}, {"code": provider''s code}.';

create table notify.suppressions (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  address text not null,
  reason text not null,
  code text,
  since timestamptz not null,
  lifted_at timestamptz,
  primary key (tenant_id, id),
  constraint suppression_reason_is_known check (reason in ('stop', 'provider', 'provider_marketing')),
  constraint suppression_is_lifted_after_it_began check (lifted_at >= since)
);
create unique index suppression_holds_once on notify.suppressions (tenant_id, address, reason) where lifted_at is null;
comment on table notify.suppressions is 'Addresses that are not written to. In force until lifted_at.';
comment on column notify.suppressions.reason is
  'stop: the person said so, only direct answers leave; provider: the provider refuses it, nothing leaves; provider_marketing: it refuses marketing.';
comment on column notify.suppressions.code is 'The provider''s code, or the word that was said.';

create table notify.inbound_messages (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  channel text not null references notify.channels (key),
  provider_id text not null,
  address text not null,
  body text not null default '',
  media jsonb not null default '[]',
  received_at timestamptz not null,
  property_id uuid,
  booking_id uuid,
  request_id uuid,
  command text,
  primary key (tenant_id, id),
  constraint inbound_message_is_kept_once unique (tenant_id, provider_id),
  constraint inbound_media_are_a_list check (jsonb_typeof(media) = 'array'),
  foreign key (tenant_id, property_id) references public.properties (tenant_id, id),
  foreign key (tenant_id, booking_id) references public.bookings (tenant_id, id),
  foreign key (tenant_id, request_id) references portal.requests (tenant_id, id)
);
create index inbound_by_address on notify.inbound_messages (tenant_id, address, received_at desc);
create index inbound_by_booking on notify.inbound_messages (tenant_id, booking_id) where booking_id is not null;
comment on table notify.inbound_messages is 'What guests wrote to the hotel''s number, each once. The latest opens the provider''s 24-hour window.';
comment on column notify.inbound_messages.address is 'E.164 phone that wrote.';
comment on column notify.inbound_messages.media is '[{url, type}] as the provider told; what is fetched is in portal.request_attachments.';
comment on column notify.inbound_messages.booking_id is 'The stay it was taken to be about; null: nobody known.';
comment on column notify.inbound_messages.command is 'What was understood as a command: daily, stop, stop_all, skip, start; null: words.';

alter table public.notification_log
  -- squawk-ignore adding-field-with-default
  add column is_answer boolean not null default false;
comment on column public.notification_log.is_answer is 'A direct answer to what the guest just wrote: it leaves in quiet hours and after STOP.';

-- whoever gave a phone with a booking agreed to be written to about it
insert into notify.consents (tenant_id, guest_id, address, scope, is_given, source, proof, at)
select g.tenant_id, g.id, g.phone, 'stay_service', true, 'booking', '{"with": "booking"}', g.created_at
from public.guests as g
where g.phone is not null;
