-- Private tables of app: commands reach them as engine, the functions' own work as service; API roles not at all.
grant select, insert, update, delete on app.idempotency_keys to engine;
grant select, insert, update, delete on app.limits to engine;
grant select, insert, update on app.platform_alerts to engine, service;
grant select on app.reference_data, app.clock to engine, service;

select app.isolate_tenant('app.idempotency_keys');
