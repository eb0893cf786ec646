"""set_language: the language someone reads in."""

import pytest

from tests.world import RECEPTION, Refused, World


def choose(world: World, language: str | None) -> object:
    return world.value("select api.set_language(%s)", language)


def language_of_guest(world: World, last_name: str) -> object:
    return world.value("select language from public.guests where last_name = %s", last_name)


def test_a_guest_chooses_for_themselves(undone: World) -> None:
    with undone.guest("Marutani", "context"):
        assert choose(undone, "es") == {"language": "es"}
    assert language_of_guest(undone, "Marutani") == "es"
    assert language_of_guest(undone, "Haddad") != "es"


def test_the_next_transaction_speaks_it(undone: World) -> None:
    with undone.guest("Marutani", "context"):
        choose(undone, "es")
    with undone.guest("Marutani", "context"):
        assert undone.value("select language from api.portal_stay") == "es"
        assert ("Pedido a cocina",) in undone.rows("select label from api.portal_request_types")


def test_a_member_chooses_for_themselves(undone: World) -> None:
    with undone.member(RECEPTION):
        choose(undone, "ur")
    assert undone.rows(
        "select u.email from identity.memberships m join identity.users u on u.id = m.user_id"
        " where m.language = 'ur'"
    ) == [(RECEPTION,)]


def test_the_same_twice_is_the_same(undone: World) -> None:
    for _ in range(2):
        with undone.guest("Marutani"):
            assert choose(undone, "es") == {"language": "es"}


@pytest.mark.parametrize("language", ["fr", "", "EN", "en'; drop table", None])
def test_a_language_not_spoken_is_refused(undone: World, language: str | None) -> None:
    with pytest.raises(Refused) as refused, undone.guest("Marutani"):
        choose(undone, language)
    assert (refused.value.slug, refused.value.code) == ("language_unknown", "PT422")


def test_anon_has_no_language_to_set(undone: World) -> None:
    assert not undone.value("select has_function_privilege('anon', 'api.set_language(text)', 'execute')")


def test_a_guest_who_has_proven_nothing_changes_nothing(undone: World) -> None:
    with pytest.raises(Refused) as refused, undone.guest("Marutani", "unproven"):
        choose(undone, "es")
    assert refused.value.slug == "second_fact_needed"
