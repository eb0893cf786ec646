"""Line icons drawn on a 24 × 24 grid, inlined where they are used: nothing to fetch, coloured by the text."""

from markupsafe import Markup

PATHS = {
    "alert": "M12 4 2.8 20h18.4zM12 10v4M12 17v.01",
    "arrow": "M5 12h14M13 6l6 6-6 6",
    "back": "m15 5-7 7 7 7",
    "bag": "M5 8h14l-1 12H6zM9 8a3 3 0 0 1 6 0",
    "bed": "M3 18V7M3 15h18v3M21 15v-3a3 3 0 0 0-3-3h-7v6M7 9.5v.01",
    "bell": "M4 15h16M5 15a7 7 0 0 1 14 0M12 8V6M3 18h18",
    "bolt": "M13 3 5 14h6l-1 7 8-11h-6z",
    "broom": "m14 10 6-6M5 20l2-7 4-3 3 3-3 4zM9 20l2-3",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
    "car": "M4 16v-4l2-5h12l2 5v4zM4 16v2M20 16v2M4 12h16",
    "check": "m5 12 5 5 9-10",
    "clip": "m8 12 6-6a3 3 0 0 1 4 4l-8 8a5 5 0 0 1-7-7l7-7",
    "clock": "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M12 7v5l3 3",
    "close": "M6 6l12 12M18 6 6 18",
    "cutlery": "M7 3v8M4 3v5a3 3 0 0 0 6 0V3M7 11v10M17 3c-2 2-3 5-3 8h3v10",
    "door": "M6 21V4h12v17M3 21h18M14.5 12v.01",
    "drop": "M12 3c4 5 6 7.6 6 11a6 6 0 0 1-12 0c0-3.4 2-6 6-11z",
    "heart": "M12 20C6 15 3 12 3 8.5a4.5 4.5 0 0 1 9-1 4.5 4.5 0 0 1 9 1C21 12 18 15 12 20z",
    "inbox": "M4 5h16v14H4zM4 14h5l1 2h4l1-2h5",
    "info": "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M12 11v5M12 8v.01",
    "key": "M15 4a5 5 0 1 1-4.6 7L4 17.4V20h3v-2h2v-2h2l1.4-1.4M16 8v.01",
    "lamp": "M8 4h8l3 9H5zM12 13v7M8 20h8",
    "leave": "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
    "list": "M8 6h12M8 12h12M8 18h12M4 6v.01M4 12v.01M4 18v.01",
    "lock": "M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3",
    "message": "M4 5h16v11H9l-5 4z",
    "minus": "M5 12h14",
    "moon": "M20 14A8 8 0 1 1 10 4a6.5 6.5 0 0 0 10 10z",
    "next": "m9 5 7 7-7 7",
    "note": "M5 4h14v12l-4 4H5zM15 20v-4h4M9 9h6M9 13h3",
    "person": "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M5 20a7 7 0 0 1 14 0",
    "phone": "M6 4h3l2 4-2.5 2a11 11 0 0 0 5.5 5.5l2-2.5 4 2v3a2 2 0 0 1-2 2A15 15 0 0 1 4 6a2 2 0 0 1 2-2z",
    "plane": "m3 13 7-1 5-8h2l-2 8 5-.5 2-2.5 1 .5-1.5 4 1.5 4-1 .5-2-2.5L15 14l2 8h-2l-5-8-7-1z",
    "plus": "M12 5v14M5 12h14",
    "qr": "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18v2",
    "receipt": "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6",
    "screen": "M4 5h16v11H4zM12 16v4M8 20h8",
    "search": "M11 5a6 6 0 1 1 0 12 6 6 0 0 1 0-12M20 20l-4.5-4.5",
    "settings": "M4 8h7M17 8h3M14 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6"
    "M4 16h3M13 16h7M10 13a3 3 0 1 1 0 6 3 3 0 0 1 0-6",
    "shirt": "m8 4-5 3 2 4 2-1v10h10V10l2 1 2-4-5-3a4 4 0 0 1-8 0z",
    "sofa": "M5 11V8a3 3 0 0 1 3-3h8a3 3 0 0 1 3 3v3M3 12a2 2 0 0 1 4 0v3h10v-3a2 2 0 0 1 4 0v6H3z",
    "spark": "M12 3v5M12 16v5M3 12h5M16 12h5",
    "star": "m12 4 2.5 5.2 5.5.8-4 4 1 5.6-5-2.7-5 2.7 1-5.6-4-4 5.5-.8z",
    "sunrise": "M12 4v2M5.6 6.6 7 8M18.4 6.6 17 8M3 16h18M6 16a6 6 0 0 1 12 0M8 20h8",
    "thermometer": "M10 14V5a2 2 0 0 1 4 0v9a4 4 0 1 1-4 0zM12 17v-7",
    "towel": "M6 4h9a3 3 0 0 1 3 3v13H9a3 3 0 0 1-3-3zM6 8h9",
    "wave": "M3 9c3-3 6 3 9 0s6 3 9 0M3 15c3-3 6 3 9 0s6 3 9 0",
    "wifi": "M2.5 9a14 14 0 0 1 19 0M6 13a9 9 0 0 1 12 0M9.5 16.5a4 4 0 0 1 5 0M12 20v.01",
    "wrench": "m14 7 3-3 3 3-3 3zM15 8 5 18l-1 3 3-1L17 10",
}
DIRECTIONAL = frozenset({"arrow", "back", "next"})


def icon(name: str) -> Markup:
    """The icon as decoration: always beside words, so hidden from readers. Unknown names draw a bell."""
    return Markup('<svg viewBox="0 0 24 24" aria-hidden="true" class="{}"><path d="{}"/></svg>').format(
        "turns" if name in DIRECTIONAL else "icon", PATHS.get(name, PATHS["bell"])
    )
