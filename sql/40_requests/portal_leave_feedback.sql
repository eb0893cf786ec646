-- portal_leave_feedback: a guest who has left says how it was.
-- may:      a guest for the own booking; members with hotel:requests:write for p_booking_id
-- refuses:  permission_missing, booking_not_found, feature_closed, feedback_invalid, feedback_is_given_once, request_not_found
-- then:     the mark stays; a low one becomes a complaint for the manager; event
create or replace function api.portal_leave_feedback(
  p_rating integer,
  p_comment text default null,
  p_request_id uuid default null,
  p_booking_id uuid default null
)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_is_guest boolean := app.session_role() = 'guest';
  v_booking public.bookings;
  v_given portal.feedback;
  v_comment text := nullif(btrim(p_comment), '');
begin
  if not v_is_guest then
    perform app.require('hotel:requests:write');
  end if;

  -- lock
  select b.* into v_booking
  from public.bookings as b
  where b.tenant_id = app.tenant_id() and b.id = case when v_is_guest then app.booking_id() else p_booking_id end
    and case when v_is_guest then app.level() in ('context', 'identified') else app.sees_property(b.property_id) end
  for no key update;
  if not found and not v_is_guest then
    raise exception 'There is no such booking.' using errcode = 'PT404', detail = 'booking_not_found';
  elsif not found or not 'feedback' = any (app.open_features(v_booking.property_id, coalesce(app.stay_state(
       v_booking.status, v_booking.checkin_status, v_booking.check_in, v_booking.check_out, app.today(v_booking.property_id)), ''))) then
    raise exception 'Feedback is not open at this point of your stay.'
      using errcode = 'PT409', detail = 'feature_closed', hint = 'It opens when you have checked out.';
  elsif p_rating is null or p_rating not between 1 and 5 or length(v_comment) > 2000 then
    raise exception 'Give a mark from 1 to 5.'
      using errcode = 'PT422', detail = 'feedback_invalid', hint = 'p_rating is 1 to 5, p_comment has up to 2000 characters.';
  elsif p_request_id is not null and not exists (
    select from portal.requests as r where r.tenant_id = v_booking.tenant_id and r.id = p_request_id and r.booking_id = v_booking.id) then
    raise exception 'There is no such request.' using errcode = 'PT404', detail = 'request_not_found';
  end if;

  select f.* into v_given
  from portal.feedback as f
  where f.tenant_id = v_booking.tenant_id and f.booking_id = v_booking.id and f.request_id is not distinct from p_request_id;
  if not found then
    insert into portal.feedback (tenant_id, property_id, booking_id, request_id, rating, comment, language, given_by, given_at)
    values (v_booking.tenant_id, v_booking.property_id, v_booking.id, p_request_id, p_rating, v_comment, app.language(),
            case when not v_is_guest then app.actor_id() end, app.now())
    returning * into v_given;
    perform app.emit_event('feedback.given', v_given.property_id, v_given.booking_id, p_request_id, 'feedback', v_given.id);
    if p_rating <= app.low_rating(v_given.property_id) then
      perform app.complain_of_stay(v_given);
    end if;
  elsif (v_given.rating, v_given.comment) is distinct from (p_rating, v_comment) then
    raise exception 'You have told us already. Thank you.'
      using errcode = 'PT409', detail = 'feedback_is_given_once', hint = 'Write to reception if there is more.';
  end if;
  return jsonb_build_object('feedback', jsonb_build_object(
    'id', v_given.id, 'request_id', v_given.request_id, 'rating', v_given.rating, 'given_at', v_given.given_at));
end
$$;

alter function api.portal_leave_feedback(integer, text, uuid, uuid) owner to engine;
comment on function api.portal_leave_feedback(integer, text, uuid, uuid) is
  'A mark of 1 to 5 with a comment, for the stay or for one of the guest''s requests, after check-out; members say whose stay it is in p_booking_id, and are named as who noted it. Once: the same again is answered the same, another is refused with feedback_is_given_once. A mark at or below the setting low_rating becomes a complaint.';
revoke all on function api.portal_leave_feedback(integer, text, uuid, uuid) from public;
grant execute on function api.portal_leave_feedback(integer, text, uuid, uuid) to guest, staff, admin;
