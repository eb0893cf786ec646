/* pgmigrate-encoding: utf-8 */
-- A menu may be served on some days of the week only: weekdays and weekends each have a breakfast of their own.

alter table service_menus.menus
  add column weekdays integer[] not null default '{1,2,3,4,5,6,7}',
  -- a handful of rows a hotel
  -- squawk-ignore constraint-missing-not-valid
  add constraint menu_is_served_on_some_day check (weekdays <@ array[1, 2, 3, 4, 5, 6, 7] and cardinality(weekdays) between 1 and 7);
comment on column service_menus.menus.weekdays is 'Days on which it is served, 1 Monday to 7 Sunday.';
