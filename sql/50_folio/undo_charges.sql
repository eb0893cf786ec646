-- undo_charges: what a request posted since an instant is taken off the folio.
-- may:      private: called by follow_undo
-- refuses:  folio_closed
-- then:     a reversal for each that has none
create or replace function app.undo_charges(p_request_id uuid, p_since timestamptz)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_charge public.charges;
begin
  for v_charge in
    select c.*
    from public.charges as c
    where c.tenant_id = app.tenant_id() and c.request_id = p_request_id and c.source like 'request:%' and c.posted_at >= p_since
      and not exists (select from public.charges as r where r.tenant_id = c.tenant_id and r.reverses_id = c.id)
    order by c.id
  loop
    perform app.reverse_posting(v_charge, 'Undone');
  end loop;
end
$$;

comment on function app.undo_charges(uuid, timestamptz) is 'Reverses the charges that a request''s own action posted from p_since on; what was posted by hand stays.';
