/* pgmigrate-encoding: utf-8 */
-- After how long work of a type is stuck is said by the type. Copies that a house has edited keep what held for them.
alter table portal.request_types
  add column stuck_minutes integer not null default 240,
  add constraint stuck_minutes_are_a_week_at_most check (stuck_minutes between 0 and 10080) not valid;
-- a dozen rows a hotel
-- squawk-ignore constraint-missing-not-valid
alter table portal.request_types validate constraint stuck_minutes_are_a_week_at_most;
comment on column portal.request_types.stuck_minutes is 'Minutes without a step after which its team is told, unless a house sets stuck_minutes:<slug>. 0: never.';

update portal.request_types as t
set stuck_minutes = h.minutes
from (values
  ('kitchen_fnb', 30), ('mini_shop', 45), ('housekeeping', 60), ('concierge', 60), ('complaint', 60), ('airport_transport', 60), ('wake_up_call', 15),
  ('booking_action', 120), ('cleaning', 360), ('lost_and_found', 1440), ('task', 1440), ('menu_order', 0)) as h (slug, minutes)
where t.slug = h.slug;
