"""The page's few line icons. The pages' own set would bring the whole of the pages into this process."""

from markupsafe import Markup

PATHS = {
    "back": "m15 5-7 7 7 7",
    "bolt": "M13 3 5 14h6l-1 7 8-11h-6z",
    "clip": "m8 12 6-6a3 3 0 0 1 4 4l-8 8a5 5 0 0 1-7-7l7-7",
    "mail": "M3 6h18v12H3zM3 7l9 7 9-7",
    "message": "M4 5h16v11H9l-5 4z",
    "person": "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M5 20a7 7 0 0 1 14 0",
    "phone": "M8 3h8v18H8zM11 18h2",
    "search": "M11 5a6 6 0 1 1 0 12 6 6 0 0 1 0-12M20 20l-4.5-4.5",
}


def icon(name: str) -> Markup:
    """The icon as decoration, hidden from readers."""
    return Markup('<svg viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>').format(PATHS[name])
