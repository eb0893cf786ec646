/* pgmigrate-encoding: utf-8 */
-- A role says which kind of session those who hold it sign in with; whoever works for a guest finds the guest's name;
-- the assistant speaks to colleagues alone.

alter table identity.roles
  add column session_type text,
  add column is_default boolean not null default false;

update identity.roles as r
set session_type = d.data ->> 'session_type', is_default = true
from app.reference_data as d
where d.kind = 'roles' and d.key = r.key;

alter table identity.roles
  add constraint role_session_type_is_known check (session_type in ('admin', 'staff', 'kiosk')) not valid,
  add constraint role_key_is_a_word check (key ~ '^[A-Z][A-Z0-9_]{1,39}$') not valid,
  add constraint role_has_a_name check (length(btrim(name ->> 'en')) between 1 and 80) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table identity.roles validate constraint role_session_type_is_known;
-- squawk-ignore constraint-missing-not-valid
alter table identity.roles validate constraint role_key_is_a_word;
-- squawk-ignore constraint-missing-not-valid
alter table identity.roles validate constraint role_has_a_name;

comment on column identity.roles.session_type is
  'admin or staff: how people with this role sign in; kiosk: a device''s; null: nobody''s, as the assistant works inside the session of whoever asks.';
comment on column identity.roles.is_default is 'Whether every tenant is given it from the seeds; a tenant''s own role is not.';

-- who may not read guests sees the name of those who have asked for something
-- squawk-ignore require-concurrent-index-creation
create index requests_by_guest on portal.requests (tenant_id, guest_id) where guest_id is not null;

-- the list of kinds grows by one
alter table portal.request_comments
  -- squawk-ignore ban-drop-constraint
  drop constraint comment_author_kind_is_known,
  add constraint comment_author_kind_is_known check (author_kind in ('guest', 'staff', 'system', 'agent')) not valid,
  add constraint agent_comments_internally check (author_kind <> 'agent' or is_internal) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table portal.request_comments validate constraint comment_author_kind_is_known;
-- squawk-ignore constraint-missing-not-valid
alter table portal.request_comments validate constraint agent_comments_internally;
comment on column portal.request_comments.author_kind is 'agent: the assistant, asked by author_id; what it writes is never shown to guests.';
