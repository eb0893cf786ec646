-- stuck_after: minutes without a step after which work of a type is called stuck, unless the house says otherwise.
create or replace function app.stuck_after(p_type_slug text)
returns integer
language sql
immutable
parallel safe
begin atomic
  select case p_type_slug
    when 'kitchen_fnb' then 30
    when 'mini_shop' then 45
    when 'housekeeping' then 60
    when 'concierge' then 60
    when 'complaint' then 60
    when 'airport_transport' then 60
    when 'wake_up_call' then 15
    when 'booking_action' then 120
    when 'maintenance' then 240
    when 'cleaning' then 360
    when 'lost_and_found' then 1440
    when 'task' then 1440
    -- a menu's day has its own clock
    when 'menu_order' then 0
    else 240
  end;
end;

comment on function app.stuck_after(text) is 'The setting stuck_minutes:<type> where nobody set it. 0: never.';
select app.grant_to_readers('app.stuck_after(text)');
