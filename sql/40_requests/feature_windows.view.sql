-- feature_windows: what a property's guests find open on the portal, and when.
create or replace view api.feature_windows
with (security_invoker = true) as
select w.id, p.code as property_code, w.feature,
       coalesce(
         (select app.label(t.label) from portal.request_types as t
          where t.tenant_id = w.tenant_id and t.feature = w.feature
          order by t.position limit 1),
         w.feature) as label,
       w.stay_state, w.is_open, w.updated_at
from portal.feature_windows as w
join public.properties as p on p.tenant_id = w.tenant_id and p.id = w.property_id
-- a guest's own stay is never closed: set_feature_windows refuses it
where w.feature <> 'stay_info';

comment on view api.feature_windows is 'Per property: whether a part of the portal that may be closed is open in a stay state. label is that of its request type, in the reader''s language. Needs hotel:settings:write, or hotel:requests:write, whose holders ask for guests. Written by set_feature_windows.';
grant select on api.feature_windows to staff, admin;
