/* pgmigrate-encoding: utf-8 */
-- A password opens the hotel that it was chosen for, and no other: nobody has proven that an e-mail address is theirs.

create table identity.passwords (
  tenant_id uuid not null references public.tenants (id),
  membership_id uuid not null,
  password_hash text,
  one_time_digest bytea,
  one_time_until timestamptz,
  accepted_at timestamptz,
  changed_at timestamptz not null,
  primary key (tenant_id, membership_id),
  constraint password_is_chosen_or_given check (password_hash is null or one_time_digest is null),
  constraint password_for_once_is_a_digest check (length(one_time_digest) = 32),
  constraint password_for_once_ends check ((one_time_digest is null) = (one_time_until is null)),
  foreign key (tenant_id, membership_id) references identity.memberships (tenant_id, id)
);
comment on table identity.passwords is
  'What opens a membership: the password its member chose, or one for once that a manager gave. Without a row nothing does.';
comment on column identity.passwords.password_hash is
  'argon2id, made in the function with a salt of the e-mail address: one computation tells for all hotels of an address, and the same text in two of them is one password.';
comment on column identity.passwords.one_time_digest is 'sha256 of a password for once (80 random bits); its member must choose their own.';
comment on column identity.passwords.one_time_until is 'Seven days after it was given; a quarter of an hour after it was first used.';
comment on column identity.passwords.accepted_at is 'When the member first chose a password here; null: invited, and never been in.';

insert into identity.passwords (tenant_id, membership_id, password_hash, accepted_at, changed_at)
select m.tenant_id, m.id, u.password_hash, m.created_at, coalesce(u.password_changed_at, m.created_at)
from identity.memberships as m
join identity.users as u on u.id = m.user_id
where u.password_hash is not null and not u.must_change_password;

update identity.users as u
set password_hash = null
where u.password_hash is not null and not exists (select from identity.platform_users as p where p.user_id = u.id);

-- squawk-ignore ban-drop-column
alter table identity.users drop column must_change_password;
-- squawk-ignore ban-drop-column
alter table identity.users drop column password_changed_at;
comment on table identity.users is 'An e-mail address that people sign in with; belongs to tenants through memberships, each with a password of its own.';
comment on column identity.users.password_hash is 'argon2id: what opens the platform, for its own people alone. What opens a hotel is in identity.passwords.';
