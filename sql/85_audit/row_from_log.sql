-- row_from_log: the entries of a row, laid over one another.
-- may:      called by row_at
-- refuses:  nothing
-- then:     nothing
create or replace function app.row_from_log(p_tenant_id uuid, p_table text, p_id uuid, p_time timestamptz)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_entry record;
  v_row jsonb;
begin
  for v_entry in
    select a.operation, a.at, app.show_personal(a.table_name, a.guest_id, a.new_values) as values
    from public.audit_log as a
    where a.tenant_id = p_tenant_id
      and a.table_name = p_table
      and a.row_key = case p_table when 'public.tenants' then jsonb_build_object('id', p_id)
                                   else jsonb_build_object('tenant_id', p_tenant_id, 'id', p_id) end
      and a.at <= p_time
    order by a.position
  loop
    if v_entry.operation = 'DELETE' then
      v_row := null;
    else
      v_row := coalesce(v_row, '{}') || v_entry.values;
    end if;
    if v_entry.operation = 'UPDATE' and v_row ? 'updated_at' then
      v_row := v_row || jsonb_build_object('updated_at', v_entry.at);
    end if;
  end loop;
  return v_row;
end
$$;

alter function app.row_from_log(uuid, text, uuid, timestamptz) owner to auditor;
comment on function app.row_from_log(uuid, text, uuid, timestamptz) is
  'The row as of a time, null where there was none. The log leaves out updated_at: it is the time of the change.';
revoke all on function app.row_from_log(uuid, text, uuid, timestamptz) from public;
grant execute on function app.row_from_log(uuid, text, uuid, timestamptz) to engine;
