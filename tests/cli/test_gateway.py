"""The gateway's configuration: one origin, and patience with a part that is being started again."""

from functions.cli.gateway import caddyfile

SETTINGS = {
    "STAYBASE_PORT": "8080",
    "STAYBASE_DEVELOPMENT": "1",
    "STAYBASE_PUBLIC_URL": "http://127.0.0.1:8080",
    "STAYBASE_PUBLISHABLE_KEY": "publishable",
    "STAYBASE_POSTGREST_URL": "http://127.0.0.1:3000",
    "STAYBASE_FUNCTIONS_PORT": "8000",
    "STAYBASE_SANDBOX_URL": "",
}


def test_a_part_that_is_started_again_is_waited_for() -> None:
    text = caddyfile(SETTINGS)
    assert text.count("lb_try_duration 5s") == 2


def test_it_listens_on_loopback_and_keeps_keys_from_postgrest() -> None:
    text = caddyfile(SETTINGS)
    assert "bind 127.0.0.1" in text
    assert "request_header -apikey" in text


def test_a_failure_is_logged_without_what_it_was_asked() -> None:
    text = caddyfile(SETTINGS)
    assert 'request>uri regexp "^(/[^/?]*).*$" "$1"' in text
    assert "request>headers delete" in text


def test_a_code_waits_for_its_turn_before_postgrest_hears_of_it() -> None:
    text = caddyfile(SETTINGS)
    assert "@codes path /rpc/portal_resolve_code" in text
    assert text.index("uri /functions/v1/portal-turn") < text.index("reverse_proxy 127.0.0.1:3000")
