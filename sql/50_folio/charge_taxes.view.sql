-- charge_taxes: each tax of a charge.
create or replace view api.charge_taxes
with (security_invoker = true) as
select t.id, t.charge_id, t.code, t.name, t.rate, t.amount
from public.charge_taxes as t;

comment on view api.charge_taxes is 'Each tax of each charge with its rate as it was; rate null: exempt.';
grant select on api.charge_taxes to staff, admin;
