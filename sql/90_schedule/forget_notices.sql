-- forget_notices: what a member was told and has seen long ago.
create or replace function app.forget_notices(p_before timestamptz, p_limit integer)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_count integer;
begin
  delete from identity.notices as n
  where n.tenant_id = app.tenant_id() and n.id in (
    select o.id from identity.notices as o where o.tenant_id = app.tenant_id() and o.seen_at < p_before order by o.id limit p_limit);
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function app.forget_notices(timestamptz, integer) is 'Notices dismissed before an instant; one that nobody has seen stays.';
