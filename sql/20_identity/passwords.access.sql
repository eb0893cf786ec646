-- passwords: written by commands and the sign-in functions; nobody reads them.
select app.isolate_tenant('identity.passwords');

grant select, insert, update on identity.passwords to engine;
-- no delete: a member keeps the row, whatever it holds
