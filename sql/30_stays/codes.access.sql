-- codes: engine and service alone; a member gets a code only in the answer of a command, a guest never.
select app.isolate_tenant('portal.codes');

grant select, insert on portal.codes to engine;
grant select on portal.codes to service;
-- no update, delete for anyone: a code is never changed and never given twice
-- staff, admin, guest, kiosk: nothing
