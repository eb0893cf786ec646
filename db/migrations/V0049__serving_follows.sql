/* pgmigrate-encoding: utf-8 */
-- A serving is had at a time of the wall: it follows its property's zone until it is locked.

comment on column service_menus.sessions.starts_at is 'The instant of the slot on that day in the property''s zone; a change of zone moves it while the serving is not locked.';
