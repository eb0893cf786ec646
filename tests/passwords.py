"""What opens a membership, put there without anybody signing in."""

from typing import Any, Final

from argon2 import PasswordHasher

HASH: Final = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("a kettle on the balcony")
CHOSEN: Final = (
    "insert into identity.passwords (tenant_id, membership_id, password_hash, accepted_at, changed_at)"
    " select m.tenant_id, m.id, %s, now(), now() from identity.memberships m"
    " join identity.users u on u.id = m.user_id where lower(u.email) = lower(%s)"
    " on conflict (tenant_id, membership_id) do update set password_hash = excluded.password_hash,"
    " one_time_digest = null, one_time_until = null, accepted_at = excluded.accepted_at returning 1"
)
GIVEN: Final = (
    "insert into identity.passwords"
    " (tenant_id, membership_id, one_time_digest, one_time_until, changed_at)"
    " select m.tenant_id, m.id, sha256(%s), now() + interval '7 days', now() from identity.memberships m"
    " join identity.users u on u.id = m.user_id where lower(u.email) = lower(%s)"
    " on conflict (tenant_id, membership_id) do update set password_hash = null,"
    " one_time_digest = excluded.one_time_digest, one_time_until = excluded.one_time_until returning 1"
)
FORGET: Final = (
    "delete from identity.passwords w using identity.memberships m, identity.users u"
    " where m.tenant_id = w.tenant_id and m.id = w.membership_id and u.id = m.user_id and u.email = %s"
)
KEPT: Final = (
    "select w.password_hash, w.one_time_digest, w.accepted_at is not null from identity.passwords w"
    " join identity.memberships m on m.tenant_id = w.tenant_id and m.id = w.membership_id"
    " join identity.users u on u.id = m.user_id join public.tenants t on t.id = m.tenant_id"
    " where u.email = %s and t.slug = %s"
)


def has_chosen(world: Any, email: str, password_hash: str = HASH) -> None:
    """Somebody has chosen this password, in all their hotels."""
    world.conn.execute(CHOSEN, (password_hash, email))


def was_given(world: Any, email: str, password: str = "abcd-efgh-jkmn-pqrs") -> None:
    """Somebody was given this password for once, by all their hotels."""
    world.conn.execute(GIVEN, (password.replace("-", "").encode(), email))


def kept(world: Any, email: str, tenant: str = "hamsun") -> tuple[Any, ...]:
    """What opens somebody's membership: a hash or a digest, and whether they have ever been in."""
    (row,) = world.rows(KEPT, email, tenant)
    return tuple(row)
