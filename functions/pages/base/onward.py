"""Back to the page that was asked for before signing in: only to pages of ours, whatever the address says."""

import re
from typing import Final
from urllib.parse import quote

from fastapi import Request

from functions.pages.base.rendering import is_partial

_OURS: Final = re.compile(r"/(?:admin|app|staff)(?:[/?][\w./?=&%:,+~-]*)?", re.ASCII)
_DOORS: Final = re.compile(r"/(?:admin/log(?:in|out)|staff/(?:access|leave))\b")


def onward(address: str, otherwise: str) -> str:
    """The address if it is a page of the office, the inbox or the staff's; never another site's."""
    is_ours = _OURS.fullmatch(address) and not _DOORS.match(address)
    return address if is_ours and "//" not in address and ".." not in address else otherwise


def asked_for(request: Request, otherwise: str) -> str:
    """What a visitor wanted to see, to be carried through the sign-in as `next`."""
    if request.method != "GET" or is_partial(request):
        return otherwise
    query = f"?{request.url.query}" if request.url.query else ""
    return onward(request.url.path + query, otherwise)


def with_next(door: str, address: str) -> str:
    """A sign-in page that leads on to an address."""
    return f"{door}?next={quote(address)}"
