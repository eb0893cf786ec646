-- invariants: what must always hold, and what violates it.
-- may:      hotel:audit:read
-- refuses:  permission_missing
-- then:     nothing
create or replace function api.invariants()
returns table (invariant text, violations text[])
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform app.require('hotel:audit:read');
  perform app.require_all_properties();
  return query
    select i.name, array(select v.what from unnest(i.found) as v (what) order by v.what limit 20)
    from (
      select n.name, array_agg(b.what) filter (where b.what is not null) as found
      from unnest(array[
        'every_request_is_a_portal_request', 'a_code_resolves_to_exactly_one_booking', 'codes_are_never_reused',
        'status_changes_always_leave_history', 'status_keys_are_immutable', 'stay_state_is_never_stored', 'charges_have_one_writer',
        'postings_are_never_changed', 'a_room_is_never_booked_twice', 'a_notification_is_queued_with_its_cause',
        'nothing_known_is_sent_twice', 'no_tenant_sees_or_references_another', 'no_session_crosses_its_type',
        'per_property_differences_are_data', 'every_command_is_idempotent_or_says_so',
        'every_change_to_a_tracked_table_is_audited']) as n (name)
      left join (select * from app.broken_records()
                 union all select * from app.broken_structure()
                 union all select * from app.rows_without_entry()) as b on b.invariant = n.name
      group by n.name) as i
    order by cardinality(i.found) desc nulls last, i.name;
end
$$;

alter function api.invariants() owner to engine;
comment on function api.invariants() is
  'Each invariant with what violates it in the caller''s tenant, at most 20 of each; an empty list is how it should be.';
revoke all on function api.invariants() from public;
grant execute on function api.invariants() to staff, admin;
