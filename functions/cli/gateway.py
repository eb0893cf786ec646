"""The gateway's configuration: one origin in front of everything, on loopback."""

from collections.abc import Mapping

CADDYFILE = """\
{{
  admin off
  auto_https off
  persist_config off
  # A failure is logged without its query and headers: they hold codes and who calls.
  log {{
    level WARN
    format filter {{
      wrap json
      fields {{
        request>uri regexp "\\?.*" ""
        request>headers delete
      }}
    }}
  }}
}}

:{port} {{
  bind 127.0.0.1
  encode zstd gzip

  # The publishable key means nobody in particular; the secret key goes no further than the functions.
  @publishable header Authorization "Bearer {publishable}"
  request_header @publishable -Authorization
  request_header -apikey

  # A part that is being started again is waited for: what could not even connect was not sent.
  handle_path /rest/v1/* {{
    reverse_proxy 127.0.0.1:{postgrest} {{
      lb_try_duration 5s
    }}
  }}
  handle_path /rest/v1 {{
    reverse_proxy 127.0.0.1:{postgrest} {{
      lb_try_duration 5s
    }}
  }}
{sandbox}  handle {{
    reverse_proxy 127.0.0.1:{functions} {{
      lb_try_duration 5s
      flush_interval -1
    }}
  }}
}}
"""

SANDBOX = """\
  @sandbox path /sandbox /sandbox/*
  handle @sandbox {{
    reverse_proxy 127.0.0.1:{sandbox} {{
      flush_interval -1
    }}
  }}
"""


def caddyfile(settings: Mapping[str, str]) -> str:
    """The Caddyfile of one copy. Caddy itself replaces X-Forwarded-For by the address it sees."""
    sandbox = settings["STAYBASE_SANDBOX_URL"]
    return CADDYFILE.format(
        port=settings["STAYBASE_PORT"],
        publishable=settings["STAYBASE_PUBLISHABLE_KEY"],
        postgrest=_port(settings["STAYBASE_POSTGREST_URL"]),
        functions=settings["STAYBASE_FUNCTIONS_PORT"],
        sandbox=SANDBOX.format(sandbox=_port(sandbox)) if sandbox else "",
    )


def _port(url: str) -> str:
    return url.rpartition(":")[2]
