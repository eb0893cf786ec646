-- session_capabilities: what a session may do in the staff console, taken from the member's roles.
create or replace function app.session_capabilities()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'canAccessKB', app.can('hotel:knowledge:read'),
    'canViewTickets', app.can('hotel:requests:read'),
    'canCreateTickets', app.can('hotel:requests:write'))
$$;

comment on function app.session_capabilities() is 'canAccessKB, canViewTickets and canCreateTickets of the transaction''s caller.';
