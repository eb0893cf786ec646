-- Who may call the few functions that policies, views, column defaults and checks call as whoever reads or writes the row.
-- Here alone, and by name: PUBLIC may call nothing.
create or replace function app.grant_to_readers(p_function regprocedure)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  execute format('revoke all on function %s from public', p_function);
  execute format(
    'grant execute on function %s to anon, guest, staff, admin, kiosk, platform, engine, service, auditor, resolver', p_function);
end
$$;

comment on function app.grant_to_readers(regprocedure) is
  'Lets every role of the house call a helper that reads settings or computes. Without the right PostgreSQL would neither run nor inline it.';
revoke all on function app.grant_to_readers(regprocedure) from public, engine, service;
