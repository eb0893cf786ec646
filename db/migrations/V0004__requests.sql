/* pgmigrate-encoding: utf-8 */
-- Requests: what guests ask for and staff do, with the workflow each was born with.

create table portal.feature_windows (
  tenant_id uuid not null,
  id uuid not null default app.new_id(),
  property_id uuid not null,
  feature text not null,
  stay_state text not null,
  is_open boolean not null,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint feature_window_is_stated_once unique (tenant_id, property_id, feature, stay_state),
  constraint feature_window_state_is_known check (stay_state in ('pre_checkin', 'arrival_day', 'in_house', 'departure_day', 'post_checkout')),
  foreign key (tenant_id, property_id) references public.properties (tenant_id, id)
);
comment on table portal.feature_windows is 'Which sub-flow of the portal is open in which stay state, per property.';

create table portal.number_counters (
  tenant_id uuid not null,
  property_id uuid not null,
  last_number integer not null default 1000,
  primary key (tenant_id, property_id),
  constraint number_counter_only_counts_up check (last_number >= 0),
  foreign key (tenant_id, property_id) references public.properties (tenant_id, id)
);
comment on table portal.number_counters is 'The last request number given at a property: FSL-1042 is number 1042.';

create table portal.request_types (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  slug text not null,
  label jsonb not null,
  guest_label jsonb not null,
  icon text not null default 'bell',
  position integer not null default 0,
  team_key text not null,
  feature text,
  charge_category text,
  needs_identified boolean not null default false,
  takes_items text not null default 'none',
  catalog_kind text,
  asks jsonb not null default '{}',
  subtypes jsonb not null default '[]',
  is_offered boolean not null default true,
  current_version_id uuid,
  reference_digest bytea,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint request_type_slug_is_unique_in_its_tenant unique (tenant_id, slug),
  constraint request_type_slug_is_a_key check (slug ~ '^[a-z][a-z0-9_]{1,59}$'),
  constraint request_type_takes_items_is_known check (takes_items in ('none', 'optional', 'required')),
  constraint request_type_labels_are_objects check (jsonb_typeof(label) = 'object' and jsonb_typeof(guest_label) = 'object'),
  constraint request_type_subtypes_are_a_list check (jsonb_typeof(subtypes) = 'array')
);
comment on table portal.request_types is 'What can be asked for: labels, team, subtypes, and the workflow version new requests are born with.';
comment on column portal.request_types.asks is 'What must or may be given at submission: {field: {type, required, label, options}}.';
comment on column portal.request_types.subtypes is '[{key, label, price, charge_category}], price per currency as {PKR: 4500, EUR: 45}, null: no price.';
comment on column portal.request_types.feature is 'Key in feature_windows that opens it on the portal; null: never on the portal.';
comment on column portal.request_types.reference_digest is 'Digest of the seed this copy still equals; null once edited.';

create table portal.workflow_versions (
  tenant_id uuid not null,
  id uuid not null default app.new_id(),
  request_type_id uuid not null,
  version integer not null,
  workflow jsonb not null,
  published_by uuid,
  published_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint workflow_version_is_numbered_once unique (tenant_id, request_type_id, version),
  foreign key (tenant_id, request_type_id) references portal.request_types (tenant_id, id)
);
comment on table portal.workflow_versions is 'Published workflows, immutable: a request keeps the version it was born with.';

alter table portal.request_types
  add constraint request_type_has_a_published_workflow
  foreign key (tenant_id, current_version_id) references portal.workflow_versions (tenant_id, id)
  deferrable initially deferred not valid;
-- empty as yet: made in this release
-- squawk-ignore constraint-missing-not-valid
alter table portal.request_types validate constraint request_type_has_a_published_workflow;

create table portal.requests (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  property_id uuid not null,
  number text not null,
  request_type_id uuid not null,
  workflow_version_id uuid not null,
  type_slug text not null,
  subtype text,
  booking_id uuid,
  guest_id uuid,
  room_id uuid,
  title jsonb not null,
  note text,
  status text not null,
  phase text not null,
  outcome text,
  priority text not null default 'normal',
  severity text,
  scheduled_for timestamptz,
  assignee_id uuid,
  driver text,
  details jsonb not null default '{}',
  currency text not null,
  tax_mode text not null,
  subtype_price numeric(14, 3),
  subtype_taxes jsonb not null default '[]',
  total numeric(14, 3) not null default 0,
  source text not null,
  created_by uuid,
  on_behalf_of uuid,
  last_actor_name text,
  resolved_at timestamptz,
  closed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint request_number_is_unique_in_its_property unique (tenant_id, property_id, number),
  constraint request_phase_is_known check (phase in ('open', 'active', 'waiting', 'resolved', 'closed')),
  constraint closed_request_has_an_outcome check ((phase = 'closed') = (outcome is not null)),
  constraint request_outcome_is_known check (outcome in ('success', 'declined', 'cancelled', 'expired', 'skipped', 'failure')),
  constraint request_priority_is_known check (priority in ('low', 'normal', 'high', 'urgent')),
  constraint request_severity_is_known check (severity in ('urgent', 'normal', 'low')),
  constraint request_source_is_known check (source in (
    'portal', 'whatsapp', 'qr_widget', 'staff', 'ai_agent', 'pms', 'kiosk', 'daily_cron', 'post_checkout')),
  constraint request_note_is_short check (length(note) <= 2000),
  constraint request_title_is_short check (length(title ->> 'en') between 1 and 200),
  constraint request_total_is_not_negative check (total >= 0),
  constraint request_total_fits_its_currency check (app.fits_currency(total, currency)),
  foreign key (tenant_id, property_id) references public.properties (tenant_id, id),
  foreign key (tenant_id, request_type_id) references portal.request_types (tenant_id, id),
  foreign key (tenant_id, workflow_version_id) references portal.workflow_versions (tenant_id, id),
  foreign key (tenant_id, property_id, booking_id) references public.bookings (tenant_id, property_id, id),
  foreign key (tenant_id, guest_id) references public.guests (tenant_id, id),
  foreign key (tenant_id, property_id, room_id) references public.rooms (tenant_id, property_id, id),
  foreign key (tenant_id, assignee_id) references identity.memberships (tenant_id, id)
);
create index requests_inbox on portal.requests (tenant_id, created_at desc, id desc) where phase <> 'closed';
create index requests_by_age on portal.requests (tenant_id, created_at desc, id desc);
create index requests_by_closing on portal.requests (tenant_id, closed_at desc, id desc) where phase = 'closed';
create index requests_by_booking on portal.requests (tenant_id, booking_id, created_at desc) where booking_id is not null;
create index requests_by_type_and_status on portal.requests (tenant_id, request_type_id, status);
create index open_requests_by_assignee on portal.requests (tenant_id, assignee_id) where phase <> 'closed' and assignee_id is not null;
comment on table portal.requests is 'Every guest request and every staff task. Its life is its workflow; tickets, cleaning tasks and orders are this row seen through a view.';
comment on column portal.requests.title is 'What is wanted in a few words, per language: {en, es}.';
comment on column portal.requests.number is 'What people say aloud: property code and counter, FSL-1042.';
comment on column portal.requests.phase is 'Phase of the status in the request''s workflow version; kept by the workflow trigger.';
comment on column portal.requests.details is 'Inputs given at submission or with actions that have no column of their own.';
comment on column portal.requests.subtype_price is 'Price of the subtype when it was asked for, in currency; null: none.';
comment on column portal.requests.subtype_taxes is 'Taxes on subtype_price when it was asked for: [{code, name, rate}].';
comment on column portal.requests.total is 'Sum of the lines and the subtype''s price as shown to the guest, in currency.';
comment on column portal.requests.on_behalf_of is 'Booking for whose guest a member submitted it.';

create table portal.catalog_categories (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  kind text not null,
  key text not null,
  name jsonb not null,
  position integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint catalog_category_is_stated_once unique (tenant_id, kind, key),
  constraint mini_shop_category_is_known check (kind <> 'mini_shop' or key in (
    'drinks', 'munchies', 'otc_meds', 'phone', 'toiletries', 'packing', 'sundries'))
);
comment on table portal.catalog_categories is 'Shelves of a catalogue: kind is the request type that sells from it (kitchen_fnb, mini_shop, housekeeping).';

create table portal.catalog_items (
  tenant_id uuid not null,
  id uuid not null default app.new_id(),
  property_id uuid not null,
  kind text not null,
  category text not null,
  sku text not null,
  name jsonb not null,
  description jsonb not null default '{}',
  price numeric(14, 3) not null default 0,
  currency text not null,
  is_complimentary boolean not null default false,
  charge_category text,
  stock integer,
  max_quantity integer not null default 20,
  state text not null default 'active',
  image_url text,
  position integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint catalog_sku_is_unique_in_its_property unique (tenant_id, property_id, sku),
  constraint catalog_sku_is_a_key check (sku ~ '^[a-z0-9][a-z0-9_-]{0,59}$'),
  constraint catalog_price_is_not_negative check (price >= 0),
  constraint catalog_price_fits_its_currency check (app.fits_currency(price, currency)),
  constraint complimentary_item_is_free check (not is_complimentary or price = 0),
  constraint stock_is_never_negative check (stock >= 0),
  constraint catalog_quantity_is_bounded check (max_quantity between 1 and 1000),
  constraint catalog_name_speaks_english check (jsonb_typeof(name) = 'object' and coalesce(length(btrim(name ->> 'en')), 0) between 1 and 120 and length(name::text) <= 2000),
  constraint catalog_description_is_an_object check (jsonb_typeof(description) = 'object' and length(description::text) <= 8000),
  constraint catalog_image_is_a_web_address check (image_url ~ '^(https://|/)[^\s"<>]+$' and length(image_url) <= 500),
  constraint catalog_state_is_known check (state in ('draft', 'active', 'hidden', 'retired')),
  foreign key (tenant_id, property_id) references public.properties (tenant_id, id),
  foreign key (tenant_id, kind, category) references portal.catalog_categories (tenant_id, kind, key)
);
comment on table portal.catalog_items is 'What can be ordered. Sold out is stock = 0; stock null is not counted.';
comment on column portal.catalog_items.price is 'Price a piece in the property''s tax mode.';

create table portal.request_lines (
  tenant_id uuid not null,
  id uuid not null default app.new_id(),
  request_id uuid not null,
  item_id uuid not null,
  line_number integer not null,
  sku text not null,
  name jsonb not null,
  quantity integer not null,
  unit_price numeric(14, 3) not null,
  currency text not null,
  taxes jsonb not null default '[]',
  is_complimentary boolean not null,
  charge_category text,
  primary key (tenant_id, id),
  constraint request_line_is_numbered_once unique (tenant_id, request_id, line_number),
  constraint request_line_quantity_is_positive check (quantity between 1 and 1000),
  constraint request_line_price_is_not_negative check (unit_price >= 0),
  foreign key (tenant_id, request_id) references portal.requests (tenant_id, id),
  foreign key (tenant_id, item_id) references portal.catalog_items (tenant_id, id)
);
comment on table portal.request_lines is 'What was ordered, with name, price and taxes as they were at that moment.';
comment on column portal.request_lines.taxes is 'Taxes when it was ordered: [{code, name, rate}], rate null: exempt.';

create table portal.stock_moves (
  tenant_id uuid not null,
  id uuid not null default app.new_id(),
  item_id uuid not null,
  delta integer not null,
  reason text not null,
  request_id uuid,
  note text,
  moved_by uuid,
  moved_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint stock_moves_for_a_request_once unique (tenant_id, item_id, request_id, reason),
  constraint stock_move_moves check (delta <> 0),
  constraint stock_move_reason_is_known check (reason in ('ordered', 'returned', 'adjusted')),
  constraint stock_move_of_a_request_names_it check ((reason = 'adjusted') = (request_id is null)),
  foreign key (tenant_id, item_id) references portal.catalog_items (tenant_id, id),
  foreign key (tenant_id, request_id) references portal.requests (tenant_id, id)
);
create index stock_moves_by_request on portal.stock_moves (tenant_id, request_id);
comment on table portal.stock_moves is 'Why stock changed. An order takes once and gives back at most once.';

create table portal.request_status_history (
  tenant_id uuid not null,
  id uuid not null default app.new_id(),
  request_id uuid not null,
  from_status text,
  to_status text not null,
  action text,
  actor_kind text not null,
  actor_id uuid,
  actor_name text,
  is_by_hand boolean not null default false,
  input jsonb not null default '{}',
  at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint history_actor_kind_is_known check (actor_kind in ('guest', 'staff', 'system')),
  foreign key (tenant_id, request_id) references portal.requests (tenant_id, id)
);
create index history_by_request on portal.request_status_history (tenant_id, request_id, at);
comment on table portal.request_status_history is 'Every status a request has had: written by the trigger, never by hand.';
comment on column portal.request_status_history.is_by_hand is 'True for an update typed in SQL instead of an action.';

create table portal.request_comments (
  tenant_id uuid not null,
  id uuid not null default app.new_id(),
  request_id uuid not null,
  body text not null,
  is_internal boolean not null,
  author_kind text not null,
  author_id uuid,
  author_name text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint comment_says_something check (length(btrim(body)) between 1 and 2000),
  constraint comment_author_kind_is_known check (author_kind in ('guest', 'staff', 'system')),
  constraint guest_comments_are_not_internal check (not (is_internal and author_kind = 'guest')),
  foreign key (tenant_id, request_id) references portal.requests (tenant_id, id)
);
create index comments_by_request on portal.request_comments (tenant_id, request_id, created_at);
comment on table portal.request_comments is 'What was said about a request: to the guest, or among staff (is_internal).';
