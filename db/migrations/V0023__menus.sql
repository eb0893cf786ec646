/* pgmigrate-encoding: utf-8 */
-- Menus with time slots: what can be ordered beforehand, the servings it is cooked for, and the lines of each order.

create schema if not exists service_menus;
comment on schema service_menus is 'Menus with slots, and the lines of their orders. The life of an order is its request.';
grant usage on schema service_menus to engine, service;

create table service_menus.menus (
  tenant_id uuid not null default app.tenant_id() references public.tenants (id),
  id uuid not null default app.new_id(),
  property_id uuid not null,
  slug text not null,
  meal text not null,
  name jsonb not null,
  description jsonb not null default '{}',
  pricing_mode text not null default 'included',
  price_per_person numeric(14, 3) not null default 0,
  lock_minutes_before integer not null default 40,
  days_ahead integer not null default 1,
  form_at time,
  reminder_at time,
  summary_at time default '06:30',
  state text not null default 'draft',
  position integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint menu_slug_is_unique_in_its_property unique (tenant_id, property_id, slug),
  constraint menu_slug_is_a_key check (slug ~ '^[a-z0-9][a-z0-9_-]{0,59}$'),
  constraint menu_meal_is_known check (meal in ('breakfast', 'lunch', 'dinner')),
  constraint menu_name_speaks_english check (
    jsonb_typeof(name) = 'object' and coalesce(length(btrim(name ->> 'en')), 0) between 1 and 120 and length(name::text) <= 2000),
  constraint menu_description_is_an_object check (jsonb_typeof(description) = 'object' and length(description::text) <= 8000),
  constraint menu_pricing_mode_is_known check (pricing_mode in ('included', 'per_person', 'per_item')),
  constraint menu_price_per_person_is_not_negative check (price_per_person >= 0 and price_per_person < 100000000),
  constraint menu_price_goes_with_its_mode check ((pricing_mode = 'per_person') = (price_per_person > 0)),
  constraint menu_lock_is_within_a_day check (lock_minutes_before between 0 and 1440),
  constraint menu_opens_within_a_week check (days_ahead between 0 and 7),
  constraint menu_state_is_known check (state in ('draft', 'active', 'retired')),
  foreign key (tenant_id, property_id) references public.properties (tenant_id, id)
);
comment on table service_menus.menus is 'A breakfast, lunch or dinner that guests order beforehand at a property.';
comment on column service_menus.menus.pricing_mode is 'included: the rate covers it; per_person: price_per_person for each; per_item: what is chosen. In each, prices of lines and surcharges of choices come on top.';
comment on column service_menus.menus.price_per_person is 'In the property''s currency and tax mode; 0 unless pricing_mode is per_person.';
comment on column service_menus.menus.lock_minutes_before is 'Minutes before a slot from which its orders neither come nor change.';
comment on column service_menus.menus.days_ahead is 'For how many days after today orders are taken.';
comment on column service_menus.menus.form_at is 'Local time at which guests are sent the form; null: never.';
comment on column service_menus.menus.reminder_at is 'Local time at which those who have not ordered are reminded; null: never.';
comment on column service_menus.menus.summary_at is 'Local time at which the kitchen hears the day''s orders by slot; null: never.';

create table service_menus.time_slots (
  tenant_id uuid not null default app.tenant_id(),
  id uuid not null default app.new_id(),
  menu_id uuid not null,
  starts_at time not null,
  capacity integer not null,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint slot_belongs_to_its_menu unique (tenant_id, menu_id, id),
  constraint slot_is_stated_once unique (tenant_id, menu_id, starts_at),
  constraint slot_capacity_is_bounded check (capacity between 0 and 10000),
  foreign key (tenant_id, menu_id) references service_menus.menus (tenant_id, id)
);
comment on table service_menus.time_slots is 'When a menu is served, and for how many people.';
comment on column service_menus.time_slots.capacity is 'Places a day; an order takes one for each person.';

create table service_menus.menu_items (
  tenant_id uuid not null default app.tenant_id(),
  id uuid not null default app.new_id(),
  menu_id uuid not null,
  name jsonb not null,
  description jsonb not null default '{}',
  price numeric(14, 3) not null default 0,
  allergens text[] not null default '{}',
  max_quantity integer not null default 6,
  is_sold_out boolean not null default false,
  state text not null default 'active',
  position integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint menu_item_name_speaks_english check (
    jsonb_typeof(name) = 'object' and coalesce(length(btrim(name ->> 'en')), 0) between 1 and 120 and length(name::text) <= 2000),
  constraint menu_item_description_is_an_object check (jsonb_typeof(description) = 'object' and length(description::text) <= 8000),
  constraint menu_item_price_is_not_negative check (price >= 0 and price < 100000000),
  constraint menu_item_allergens_are_known check (allergens <@ array[
    'gluten', 'crustaceans', 'eggs', 'fish', 'peanuts', 'soy', 'milk', 'nuts', 'celery', 'mustard', 'sesame', 'sulphites', 'lupin', 'molluscs']),
  constraint menu_item_quantity_is_bounded check (max_quantity between 1 and 100),
  constraint menu_item_state_is_known check (state in ('active', 'hidden', 'retired')),
  foreign key (tenant_id, menu_id) references service_menus.menus (tenant_id, id)
);
create index menu_items_by_menu on service_menus.menu_items (tenant_id, menu_id);
comment on table service_menus.menu_items is 'Dishes of a menu. Sold out is a switch, for as long as it is on.';
comment on column service_menus.menu_items.price is 'On top of what the menu''s pricing mode covers, in the property''s currency and tax mode; 0: covered or free.';

create table service_menus.sides (
  like service_menus.menu_items including defaults including constraints,
  primary key (tenant_id, id),
  foreign key (tenant_id, menu_id) references service_menus.menus (tenant_id, id)
);
create index sides_by_menu on service_menus.sides (tenant_id, menu_id);
comment on table service_menus.sides is 'What goes beside the dishes; as menu_items.';
comment on column service_menus.sides.price is 'On top of what the menu''s pricing mode covers, in the property''s currency and tax mode; 0: covered or free.';

create table service_menus.drinks (
  like service_menus.menu_items including defaults including constraints,
  primary key (tenant_id, id),
  foreign key (tenant_id, menu_id) references service_menus.menus (tenant_id, id)
);
create index drinks_by_menu on service_menus.drinks (tenant_id, menu_id);
comment on table service_menus.drinks is 'Drinks of a menu; as menu_items.';
comment on column service_menus.drinks.price is 'On top of what the menu''s pricing mode covers, in the property''s currency and tax mode; 0: covered or free.';

create table service_menus.choice_groups (
  tenant_id uuid not null default app.tenant_id(),
  id uuid not null default app.new_id(),
  menu_item_id uuid not null,
  name jsonb not null,
  min_choices integer not null default 1,
  max_choices integer not null default 1,
  choices jsonb not null,
  state text not null default 'active',
  position integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint choice_group_name_speaks_english check (
    jsonb_typeof(name) = 'object' and coalesce(length(btrim(name ->> 'en')), 0) between 1 and 120 and length(name::text) <= 2000),
  constraint choice_group_bounds_are_in_order check (min_choices between 0 and 20 and max_choices between greatest(min_choices, 1) and 20),
  constraint choice_group_has_choices check (jsonb_typeof(choices) = 'array' and length(choices::text) <= 20000),
  constraint choice_group_state_is_known check (state in ('active', 'retired')),
  foreign key (tenant_id, menu_item_id) references service_menus.menu_items (tenant_id, id)
);
create index choice_groups_by_item on service_menus.choice_groups (tenant_id, menu_item_id);
comment on table service_menus.choice_groups is 'What has to be, or may be, chosen with a dish: eggs how, toast which.';
comment on column service_menus.choice_groups.choices is '[{key, label: {en, es}, surcharge, is_sold_out}], surcharge a piece in the property''s currency. A choice left out is gone.';

create table service_menus.sessions (
  tenant_id uuid not null,
  id uuid not null default app.new_id(),
  menu_id uuid not null,
  slot_id uuid not null,
  served_on date not null,
  starts_at timestamptz not null,
  taken integer not null default 0,
  locked_at timestamptz,
  primary key (tenant_id, id),
  constraint slot_is_served_once_a_day unique (tenant_id, slot_id, served_on),
  constraint session_counts_places check (taken >= 0),
  foreign key (tenant_id, menu_id, slot_id) references service_menus.time_slots (tenant_id, menu_id, id)
);
create index sessions_by_day on service_menus.sessions (tenant_id, menu_id, served_on);
create index open_sessions_by_start on service_menus.sessions (tenant_id, starts_at) where locked_at is null;
comment on table service_menus.sessions is 'A slot of a menu on a day, from its first order on: the places taken, and when it was locked.';
comment on column service_menus.sessions.taken is 'Places of all orders that stand; locked before it is counted up.';
comment on column service_menus.sessions.starts_at is 'The instant of the slot on that day, in the property''s zone when the first order came.';

create table service_menus.orders (
  tenant_id uuid not null,
  id uuid not null default app.new_id(),
  request_id uuid not null,
  menu_id uuid not null,
  session_id uuid not null,
  people integer not null,
  revision integer not null default 1,
  pricing_mode text not null,
  price_per_person numeric(14, 3) not null,
  total numeric(14, 3) not null,
  taxes jsonb not null default '[]',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint order_is_one_request unique (tenant_id, request_id),
  constraint order_is_for_somebody check (people between 1 and 50),
  constraint order_total_is_not_negative check (total >= 0),
  foreign key (tenant_id, request_id) references portal.requests (tenant_id, id),
  foreign key (tenant_id, menu_id) references service_menus.menus (tenant_id, id),
  foreign key (tenant_id, session_id) references service_menus.sessions (tenant_id, id)
);
create index orders_by_session on service_menus.orders (tenant_id, session_id);
comment on table service_menus.orders is 'What a menu_order request orders: menu, slot and day, people, prices. Its life is the request''s.';
comment on column service_menus.orders.revision is 'Counted up by each change; the lines that hold are those of this revision.';
comment on column service_menus.orders.taxes is 'Taxes on total when it was ordered: [{code, name, rate}].';

create table service_menus.order_items (
  tenant_id uuid not null,
  id uuid not null default app.new_id(),
  order_id uuid not null,
  revision integer not null,
  line_number integer not null,
  kind text not null,
  menu_item_id uuid,
  side_id uuid,
  drink_id uuid,
  name jsonb not null,
  choices jsonb not null default '[]',
  quantity integer not null,
  unit_price numeric(14, 3) not null,
  primary key (tenant_id, id),
  constraint order_line_is_numbered_once unique (tenant_id, order_id, revision, line_number),
  constraint order_line_is_of_its_kind check (
    (kind, menu_item_id is not null, side_id is not null, drink_id is not null)
    in (('item', true, false, false), ('side', false, true, false), ('drink', false, false, true))),
  constraint order_line_quantity_is_positive check (quantity between 1 and 100),
  constraint order_line_price_is_not_negative check (unit_price >= 0),
  foreign key (tenant_id, order_id) references service_menus.orders (tenant_id, id),
  foreign key (tenant_id, menu_item_id) references service_menus.menu_items (tenant_id, id),
  foreign key (tenant_id, side_id) references service_menus.sides (tenant_id, id),
  foreign key (tenant_id, drink_id) references service_menus.drinks (tenant_id, id)
);
comment on table service_menus.order_items is 'Lines of orders with name, choices and price as they were at that moment; never changed: a change of the order writes a new revision.';
comment on column service_menus.order_items.choices is '[{group_id, group, key, label, surcharge}] as chosen.';
comment on column service_menus.order_items.unit_price is 'Price a piece with its choices'' surcharges.';
