-- lock_shares: the folios among which something is split, held until commit.
-- may:      called by commands
-- refuses:  split_invalid, folio_not_found, folio_closed
-- then:     nobody else posts to any of them meanwhile
create or replace function app.lock_shares(p_folio_id uuid, p_shares jsonb)
returns public.folios
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_source public.folios;
  v_id uuid;
begin
  if jsonb_typeof(p_shares) is distinct from 'array' or jsonb_array_length(p_shares) not between 1 and 20
     or exists (select from jsonb_array_elements(p_shares) as s
                where jsonb_typeof(s) <> 'object' or coalesce(s ->> 'share', '') !~ '^[1-9][0-9]{0,5}$' or app.uuid_or_null(s ->> 'folio_id') is null)
     or (select count(distinct app.uuid_or_null(s ->> 'folio_id')) from jsonb_array_elements(p_shares) as s) <> jsonb_array_length(p_shares)
     or jsonb_array_length(p_shares) = 1 and app.uuid_or_null(p_shares #>> '{0,folio_id}') = p_folio_id then
    raise exception 'The shares cannot be read.'
      using errcode = 'PT422', detail = 'split_invalid',
            hint = 'Give 1 to 20 shares {folio_id, share}, each of another folio of the booking, each share a whole number from 1 on.';
  end if;

  -- lock
  for v_id in
    select distinct f.id
    from public.folios as f
    where f.tenant_id = app.tenant_id()
      and (f.id = p_folio_id or f.id in (select app.uuid_or_null(s ->> 'folio_id') from jsonb_array_elements(p_shares) as s))
    order by f.id
  loop
    perform app.lock_folio(v_id);
  end loop;
  v_source := app.lock_folio(p_folio_id);
  if exists (
    select from jsonb_array_elements(p_shares) as s
    left join public.folios as f on f.tenant_id = app.tenant_id() and f.id = app.uuid_or_null(s ->> 'folio_id') and f.booking_id = v_source.booking_id
    where f.id is null or f.currency <> v_source.currency or f.tax_mode <> v_source.tax_mode) then
    raise exception 'There is no such folio.' using errcode = 'PT404', detail = 'folio_not_found', hint = 'A booking is split among its own folios.';
  end if;
  return v_source;
end
$$;

comment on function app.lock_shares(uuid, jsonb) is
  'Locks a folio and those of [{folio_id, share}] in the order of their ids: all open, all of one booking. Answers the first.';
