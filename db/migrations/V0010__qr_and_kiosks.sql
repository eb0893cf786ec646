/* pgmigrate-encoding: utf-8 */
-- QR codes, which say where somebody stands and never who they are; and the kiosks of a property.

create table identity.qr_purposes (
  purpose text primary key,
  audience text not null,
  lifetime interval,
  is_reusable boolean not null,
  opens text not null,
  request_type_slug text,
  constraint qr_purpose_is_a_word check (purpose ~ '^[A-Z][A-Z_]{2,39}$'),
  constraint qr_audience_is_known check (audience in ('guest', 'staff')),
  constraint qr_lifetime_is_positive check (lifetime > interval '0'),
  constraint qr_opens_something_known check (opens in ('identification', 'request_form', 'password', 'session')),
  constraint qr_code_with_a_form_names_it check ((opens = 'request_form') = (request_type_slug is not null)),
  constraint qr_code_that_opens_a_session_is_spent check ((opens = 'session') = (not is_reusable))
);
comment on table identity.qr_purposes is 'What QR codes are for: how long each kind lasts, whether it can be scanned again, what it opens. Belongs to the house, not to a tenant.';
comment on column identity.qr_purposes.lifetime is 'By the real clock; null lasts until it is revoked.';
comment on column identity.qr_purposes.opens is
  'identification, request_form, password: a context, after which a person still has to say who they are. session: the one kind that opens the stay it was made for, once.';
comment on column identity.qr_purposes.request_type_slug is 'The form that a poster leads to once the guest is known.';
insert into identity.qr_purposes (purpose, audience, lifetime, is_reusable, opens, request_type_slug) values
  ('GUEST_ACCESS', 'guest', '7 days', true, 'identification', null),
  ('STAFF_ACCESS', 'staff', null, true, 'password', null),
  ('ROOM_SERVICE', 'guest', '2 years', true, 'request_form', 'kitchen_fnb'),
  ('MAINTENANCE', 'guest', '2 years', true, 'request_form', 'maintenance'),
  ('LOGIN', 'guest', '60 minutes', false, 'session', null);

create table identity.qr_tokens (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  purpose text not null references identity.qr_purposes (purpose),
  digest bytea not null unique,
  label text,
  property_id uuid,
  room_id uuid,
  guest_id uuid,
  booking_id uuid,
  membership_id uuid,
  expires_at timestamptz,
  used_at timestamptz,
  revoked_at timestamptz,
  made_by uuid,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint qr_label_is_short check (length(label) between 1 and 80),
  constraint qr_code_of_staff_names_a_member check ((purpose = 'STAFF_ACCESS') = (membership_id is not null)),
  constraint qr_code_of_guests_names_a_property check ((purpose = 'STAFF_ACCESS') = (property_id is null)),
  constraint login_qr_code_names_guest_stay_and_room
    check ((purpose = 'LOGIN') = (guest_id is not null) and (guest_id is null) = (booking_id is null) and (guest_id is null or room_id is not null)),
  foreign key (tenant_id, property_id) references public.properties (tenant_id, id),
  foreign key (tenant_id, property_id, room_id) references public.rooms (tenant_id, property_id, id),
  foreign key (tenant_id, property_id, booking_id) references public.bookings (tenant_id, property_id, id),
  foreign key (tenant_id, guest_id) references public.guests (tenant_id, id),
  foreign key (tenant_id, membership_id) references identity.memberships (tenant_id, id),
  foreign key (tenant_id, made_by) references identity.memberships (tenant_id, id)
);
create index qr_tokens_by_age on identity.qr_tokens (tenant_id, created_at);
comment on table identity.qr_tokens is 'A QR code that was printed or shown. The secret in it is kept as sha256 alone, so a lost code is made anew, never printed again.';
comment on column identity.qr_tokens.digest is 'sha256 of the code''s secret. Globally unique: it is looked up before a tenant is known.';
comment on column identity.qr_tokens.used_at is 'When a code of a purpose that is not reusable was spent.';
comment on column identity.qr_tokens.expires_at is 'Real clock; null: until revoked.';

alter table identity.sessions add column qr_token_id uuid;
comment on column identity.sessions.qr_token_id is 'The QR code that a guest''s passing session came from: it lasts 24 hours at most and ends at check-out. Null for the sessions of links and members.';
alter table identity.sessions
  add constraint session_comes_from_a_qr_code foreign key (tenant_id, qr_token_id) references identity.qr_tokens (tenant_id, id) not valid;
-- the column is new and empty
-- squawk-ignore constraint-missing-not-valid
alter table identity.sessions validate constraint session_comes_from_a_qr_code;
-- few rows, and none that this index holds
-- squawk-ignore require-concurrent-index-creation
create index sessions_of_qr_codes on identity.sessions (expires_at) where qr_token_id is not null;

create table kiosk.kiosks (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  property_id uuid not null,
  name text not null,
  api_key_digest bytea not null,
  session_id uuid not null,
  firmware_version text,
  status text not null default 'registered',
  last_heartbeat_at timestamptz,
  registered_by uuid,
  token_made_at timestamptz not null default now(),
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint kiosk_has_a_name check (length(btrim(name)) between 1 and 80),
  constraint kiosk_status_is_known check (status in ('registered', 'online', 'offline', 'maintenance')),
  foreign key (tenant_id, property_id) references public.properties (tenant_id, id),
  foreign key (tenant_id, session_id) references identity.sessions (tenant_id, id),
  foreign key (tenant_id, registered_by) references identity.memberships (tenant_id, id)
);
create unique index kiosk_name_is_unique_in_its_property on kiosk.kiosks (tenant_id, property_id, lower(name)) where revoked_at is null;
comment on table kiosk.kiosks is 'A device that checks guests in. It holds one long-lived token; making another ends the one before.';
comment on column kiosk.kiosks.api_key_digest is 'sha256 of the secret inside the device token (its claim jti).';
comment on column kiosk.kiosks.session_id is 'The session that the device token stands for; ended when the token is changed or revoked.';
comment on column kiosk.kiosks.registered_by is 'The member who registered it.';
