-- charge_categories: everything that a charge can be for.
create or replace function app.charge_categories()
returns text[]
language sql
immutable
set search_path = ''
as $$
  select array['room', 'room_service', 'grocery', 'airport_transfer', 'laundry', 'late_checkout', 'early_checkin', 'extension', 'event', 'no_show',
               'fee', 'adjustment', 'other']
$$;

comment on function app.charge_categories() is 'The categories that the constraint charge_category_is_known knows.';
