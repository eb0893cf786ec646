-- forget_request_words: of requests closed long ago the words go.
create or replace function app.forget_request_words(p_property_id uuid, p_before timestamptz, p_limit integer)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_requests uuid[] := array(
    select r.id
    from portal.requests as r
    where r.tenant_id = app.tenant_id() and r.property_id = p_property_id and r.booking_id is not null
      and r.phase = 'closed' and r.closed_at < p_before
      and (r.note is not null or r.details <> '{}' or r.last_actor_name is not null)
    order by r.id
    limit p_limit
    for no key update skip locked);
begin
  perform app.blank_requests(v_requests);
  return cardinality(v_requests);
end
$$;

comment on function app.forget_request_words(uuid, timestamptz, integer) is 'Notes, inputs and comments of guests'' requests closed before an instant; what was done stays.';
