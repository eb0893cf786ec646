/* pgmigrate-encoding: utf-8 */
-- Why a booking was moved into a room. In the event it would reach the guest's own stream, so it is kept here.

alter table public.stays add column moved_because text;
comment on column public.stays.moved_because is 'What staff said when they moved the booking into this room; null for the room first given. Not for the guest.';
