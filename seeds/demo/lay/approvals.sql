-- The sandbox approves what it is given: texts of the demo's hotels that came anew with the reference are ready to be sent.
-- The hotels are those in the transaction's setting seed.data (the list of stays).

select app.approve_template(m.tenant_id, m.channel, m.key)
from notify.templates as m
join public.tenants as t on t.id = m.tenant_id
where t.slug in (select e.value ->> 'tenant' from jsonb_array_elements(current_setting('seed.data')::jsonb) as e)
  and (m.status = 'draft' or m.pending is not null);
