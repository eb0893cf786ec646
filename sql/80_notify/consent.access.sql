-- consent: consents, suppressions and inbound messages are written by commands and the worker; members read of requests what was said there.
select app.isolate_tenant('notify.consents');
select app.isolate_tenant('notify.suppressions');
select app.isolate_tenant('notify.inbound_messages');

grant select, insert on notify.consents to engine, service;
grant update (address, guest_id, proof) on notify.consents to engine;
grant select, insert, update on notify.suppressions to engine, service;
grant delete on notify.suppressions to engine;
grant select, insert on notify.inbound_messages to engine, service;
grant update (address, body, media, request_id, command) on notify.inbound_messages to engine;
-- withheld from members: whole phone numbers; what guests wrote reaches them as comments of requests
