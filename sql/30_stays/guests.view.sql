-- guests: the people who stay.
create or replace view api.guests
with (security_invoker = true) as
select g.id, g.first_name, g.last_name, g.first_name || ' ' || g.last_name as name, g.email, g.phone, g.language,
       g.id_type, g.id_number, g.nationality, g.address, g.dietary_notes, g.notes, g.created_at, g.updated_at
from public.guests as g;

comment on view api.guests is 'Guests with contact data and language.';
grant select on api.guests to staff, admin;
