-- take_beds24_booking: a booking as Beds24 has it now is carried out here.
-- may:      called by the worker, which fetched it
-- refuses:  nothing: what cannot be carried out is kept with its reason, as an alert
-- then:     the import says what became of it; older and equal versions change nothing
-- definer because it acts as engine, through the commands that a receptionist would use.
create or replace function app.take_beds24_booking(
  p_tenant_id uuid,
  p_connection_id uuid,
  p_document jsonb,
  p_answered_at timestamptz
)
returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_property public.properties;
  v_number bigint;
  v_import notify.beds24_imports;
  v_stay jsonb;
  v_slug text;
  v_sentence text;
begin
  perform app.set_caller(p_tenant_id);
  select p.* into v_property
  from notify.beds24_connections as c
  join public.properties as p on p.tenant_id = c.tenant_id and p.id = c.property_id
  where c.tenant_id = p_tenant_id and c.id = p_connection_id and c.verified_at is not null
    and c.beds24_property_id = app.whole_number(p_document -> 'propertyId');
  v_number := app.whole_number(p_document -> 'id');
  if v_property.id is null or v_number is null then
    return 'foreign';
  end if;
  perform app.set_caller(p_tenant_id, p_actor_name => 'Beds24', p_permissions => array['hotel:bookings:write', 'hotel:guests:read'],
                         p_property_ids => array[v_property.id], p_language => 'en'),
          set_config('app.command', 'beds24', true);

  -- lock: one version of a booking after the other
  insert into notify.beds24_imports (tenant_id, connection_id, property_id, beds24_booking_id, asked, created_at)
  values (p_tenant_id, p_connection_id, v_property.id, v_number, 0, app.now())
  on conflict (tenant_id, connection_id, beds24_booking_id) do nothing;
  select i.* into v_import
  from notify.beds24_imports as i
  where i.tenant_id = p_tenant_id and i.connection_id = p_connection_id and i.beds24_booking_id = v_number
  for no key update;

  begin
    v_stay := app.beds24_stay(p_document, v_property.currency);
    -- a version that has been looked at is looked at again only to mend what it came to
    if (v_stay ->> 'modified_at')::timestamptz < v_import.modified_at
       or ((v_stay ->> 'modified_at')::timestamptz = v_import.modified_at and v_import.outcome <> 'problem') then
      return 'known';
    elsif (v_stay ->> 'modified_at')::timestamptz >= date_trunc('second', p_answered_at) then
      return 'fresh';
    end if;
    perform app.follow_beds24_booking(v_import, v_property, v_stay);
  exception
    when others then
      -- what passes by itself is tried again; anything else would hold up every booking behind it
      if sqlstate ~ '^(08|40|53|55|57|58)' then
        raise;
      end if;
      get stacked diagnostics v_slug = pg_exception_detail, v_sentence = message_text;
      v_slug := coalesce(nullif(substring(v_slug from '^[a-z0-9_]+$'), ''), sqlstate);
      if sqlstate !~ '^(PT4|23)' then
        v_slug := sqlstate;
        v_sentence := format('The database refused it (%s).', sqlstate);
      end if;
  end;
  perform app.note_beds24_outcome(v_import, v_stay, v_slug, v_sentence);
  return coalesce(v_slug, 'taken');
end
$$;

alter function app.take_beds24_booking(uuid, uuid, jsonb, timestamptz) owner to engine;
comment on function app.take_beds24_booking(uuid, uuid, jsonb, timestamptz) is
  'Carries out one booking of GET /bookings. Answers taken, known (older, or the same), fresh (changed within the second of the answer, by Beds24''s clock p_answered_at: that second may bring another change, so it is asked again), foreign (of another property), or the slug of what is wrong, an SQLSTATE where that has none. service only.';
revoke all on function app.take_beds24_booking(uuid, uuid, jsonb, timestamptz) from public;
grant execute on function app.take_beds24_booking(uuid, uuid, jsonb, timestamptz) to service;
