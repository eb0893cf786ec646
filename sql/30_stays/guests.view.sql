-- guests: the people who stay.
create or replace view api.guests
with (security_invoker = true) as
select g.id, g.first_name, g.last_name, g.first_name || ' ' || g.last_name as name,
       case when m.sees then g.email else app.masked(g.email) end as email,
       case when m.sees then g.phone else app.masked(g.phone) end as phone,
       g.language,
       case when m.sees then g.id_type end as id_type,
       case when m.sees then g.id_number end as id_number,
       case when m.sees then g.nationality end as nationality,
       case when m.sees then g.address end as address,
       case when m.sees then g.dietary_notes end as dietary_notes,
       case when m.sees then g.notes end as notes,
       g.created_at, g.updated_at, g.erased_at
from public.guests as g
cross join (select app.can('hotel:guests:read') as sees) as m;

comment on view api.guests is
  'Guests with contact data and language. Without hotel:guests:read: those of the bookings and requests one may see, name and language only, e-mail and phone masked.';
grant select on api.guests to staff, admin;
