-- session_capabilities: what a member's session is good for, as their roles have it.
create or replace function app.session_capabilities()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'can_access_kb', app.can('hotel:knowledge:read'),
    'can_view_tickets', app.can('hotel:requests:read'),
    'can_create_tickets', app.can('hotel:requests:write'))
$$;

comment on function app.session_capabilities() is 'Whether the session may read the knowledge base, see requests and make them; taken from the permissions, never stored.';
