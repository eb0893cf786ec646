"""The gateway's configuration: one origin in front of everything, on loopback or at production's domain."""

from collections.abc import Mapping

from functions.cli.production import front, is_on_loopback, is_production

CADDYFILE = """\
{{
  admin off
  persist_config off
{tls}  # A failure is logged by the first word of its path: the rest and the headers hold codes and tokens.
  log {{
    level WARN
    format filter {{
      wrap json
      fields {{
        request>uri regexp "^(/[^/?]*).*$" "$1"
        request>headers delete
      }}
    }}
  }}
}}

{site} {{
{front}  encode zstd gzip

  # The publishable key means nobody in particular; the secret key goes no further than the functions.
  @publishable header Authorization "Bearer {publishable}"
  request_header @publishable -Authorization
  request_header -apikey

  # A part that is being started again is waited for: what could not even connect was not sent.
  # The functions know whose kiosk or widget an origin is; PostgREST itself would let everyone read.
  @preflight {{
    path /rest/v1 /rest/v1/*
    method OPTIONS
    header Access-Control-Request-Method *
  }}
  handle @preflight {{
    reverse_proxy 127.0.0.1:{functions}
  }}
  @rest path /rest/v1 /rest/v1/*
  handle @rest {{
    uri strip_prefix /rest/v1
    route {{
      request_header -X-Allowed-Origin
      @elsewhere expression `!({{http.request.header.Origin}} in ["", "{public}"])
        || !({{http.request.header.Sec-Fetch-Site}} in ["", "same-origin", "none"])`
      forward_auth @elsewhere 127.0.0.1:{functions} {{
        uri /functions/v1/origin
        copy_headers Access-Control-Allow-Origin>X-Allowed-Origin Access-Control-Expose-Headers>X-Readable
      }}
      header @elsewhere +Vary Origin
      # Strangers with codes take turns, so that guests who are in wait for none of them.
      @codes path /rpc/portal_resolve_code
      forward_auth @codes 127.0.0.1:{functions} {{
        uri /functions/v1/portal-turn
      }}
      @allowed header X-Allowed-Origin *
      header @allowed Access-Control-Allow-Origin {{http.request.header.X-Allowed-Origin}}
      header @allowed Access-Control-Expose-Headers {{http.request.header.X-Readable}}
      reverse_proxy 127.0.0.1:{postgrest} {{
        header_up -Origin
        lb_try_duration 5s
      }}
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


HERE = """\
  bind 127.0.0.1
"""
OF_OUR_OWN_AUTHORITY = """\
  bind 127.0.0.1
  tls internal
"""
FROM_NOW_ON_BY_TLS = """\
  header Strict-Transport-Security "max-age=31536000"
"""


def caddyfile(settings: Mapping[str, str]) -> str:
    """The Caddyfile of one copy. Caddy itself replaces X-Forwarded-For by the address it sees."""
    sandbox = settings["STAYBASE_SANDBOX_URL"]
    tls, site, lines = frontage(settings)
    return CADDYFILE.format(
        tls=tls,
        site=site,
        front=lines,
        publishable=settings["STAYBASE_PUBLISHABLE_KEY"],
        postgrest=_port(settings["STAYBASE_POSTGREST_URL"]),
        functions=settings["STAYBASE_FUNCTIONS_PORT"],
        public=settings["STAYBASE_PUBLIC_URL"],
        sandbox=SANDBOX.format(sandbox=_port(sandbox)) if sandbox else "",
    )


def frontage(settings: Mapping[str, str]) -> tuple[str, str, str]:
    """How people come in: plain on loopback; in production by TLS, with a certificate that Caddy sees to."""
    port = settings["STAYBASE_PORT"]
    if not is_production(settings):
        return "  auto_https off\n", f":{port}", HERE
    host = front(settings).netloc.removesuffix(f":{front(settings).port}")
    site = f"https://{host}:{port}"
    if is_on_loopback(settings):
        alone = "  auto_https disable_redirects\n  skip_install_trust\n"
        return alone, site, OF_OUR_OWN_AUTHORITY + FROM_NOW_ON_BY_TLS
    return "", site, FROM_NOW_ON_BY_TLS


def _port(url: str) -> str:
    return url.rpartition(":")[2]
