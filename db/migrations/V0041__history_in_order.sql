/* pgmigrate-encoding: utf-8 */
-- A transaction's time is that of its beginning: of two members who press at once the one who waits for the other may have begun first.

alter table portal.request_status_history add column position bigint;
update portal.request_status_history as h
set position = n.place
from (select tenant_id, id, row_number() over (order by at, id) as place from portal.request_status_history) as n
where n.tenant_id = h.tenant_id and n.id = h.id;
-- squawk-ignore adding-not-nullable-field
alter table portal.request_status_history alter column position set not null;
-- no insert names the column
-- squawk-ignore ban-alter-identity
alter table portal.request_status_history alter column position add generated always as identity;
select setval(pg_get_serial_sequence('portal.request_status_history', 'position'), coalesce(max(position), 1), max(position) is not null)
from portal.request_status_history;
comment on column portal.request_status_history.position is
  'The order in which a request''s rows were written, under its lock; at is when each transaction began, and may say otherwise. Counts over all tenants: shown to nobody.';

-- squawk-ignore require-concurrent-index-creation
create index history_in_order on portal.request_status_history (tenant_id, request_id, position);
-- squawk-ignore require-concurrent-index-deletion
drop index portal.history_by_request;
