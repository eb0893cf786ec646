"""How texts look where they arrive: WhatsApp's and Slack's marks as HTML, phones with spaces.

Every text is escaped before anything is put around its parts.
"""

import re
from html import unescape
from typing import Any

from markupsafe import Markup, escape

LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]")
MARKS = (
    (re.compile(r"(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])"), "strong"),
    (re.compile(r"(?<![\w_])_(\S(?:[^_\n]*\S)?)_(?![\w_])"), "em"),
    (re.compile(r"(?<![\w~])~(\S(?:[^~\n]*\S)?)~(?![\w~])"), "s"),
)
CODE = re.compile(r"```(.+?)```|`([^`\n]+)`", re.DOTALL)
SLACK_REFERENCE = re.compile(r"&lt;([^|&]+(?:&amp;[^|&]*)*)(?:\|([^&]*(?:&(?!gt;)[^&]*)*))?&gt;")
QUOTE = re.compile(r"^&(?:amp;)?gt; ?(.+)\n?", re.MULTILINE)
EMOJI = {
    "bell": "🔔", "white_check_mark": "✅", "warning": "⚠️", "x": "❌", "bellhop_bell": "🛎️", "moon": "🌙",
    "rotating_light": "🚨", "knife_fork_plate": "🍽️", "wrench": "🔧", "broom": "🧹", "car": "🚗",
}  # fmt: skip


def marked(html: str) -> str:
    """Bold, italic and strike in text that is escaped already."""
    for pattern, tag in MARKS:
        html = pattern.sub(rf"<{tag}>\1</{tag}>", html)
    return html


def linked(html: str) -> str:
    return LINK.sub(lambda match: f'<a href="{match[0]}" rel="noreferrer">{match[0]}</a>', html)


def outside_code(html: str, dress: Any) -> str:
    """Applies a function to everything but code, which is shown as it is."""
    parts, at = [], 0
    for match in CODE.finditer(html):
        parts += [dress(html[at : match.start()]), f"<code>{match[1] or match[2]}</code>"]
        at = match.end()
    return "".join([*parts, dress(html[at:])])


def pieces(html: str, pattern: re.Pattern[str], dress: Any, otherwise: Any) -> str:
    """What matches through one function, what lies between through another."""
    parts, at = [], 0
    for match in pattern.finditer(html):
        parts += [otherwise(html[at : match.start()]), dress(match)]
        at = match.end()
    return "".join([*parts, otherwise(html[at:])])


def whatsapp(text: str) -> Markup:
    """A WhatsApp text as the phone shows it."""

    def dress(html: str) -> str:
        return pieces(html, LINK, lambda match: linked(match[0]), marked)

    return Markup(outside_code(str(escape(text)), dress))  # noqa: S704 - escaped just before


def plain(text: str) -> Markup:
    """A mail's text, its links as links."""
    return Markup(linked(str(escape(text))))  # noqa: S704 - escaped just before


def slack(text: str) -> Markup:
    """Slack's mrkdwn as the channel shows it; Slack's own escapes (&amp; &lt; &gt;) are taken back first."""

    def reference(match: re.Match[str]) -> str:
        target, label = match[1], match[2]
        if target.startswith(("http://", "https://", "mailto:")):
            return f'<a href="{target}" rel="noreferrer">{label or target}</a>'
        return f'<span class="mention">{label or "@" + target.lstrip("!@#")}</span>'

    def dress(html: str) -> str:
        return pieces(
            html, SLACK_REFERENCE, reference, lambda rest: pieces(rest, LINK, lambda m: linked(m[0]), marked)
        )

    html = QUOTE.sub(r"<blockquote>\1</blockquote>", outside_code(str(escape(text)), dress))
    for once in ("amp", "lt", "gt"):
        html = html.replace(f"&amp;{once};", f"&{once};")
    return Markup(re.sub(r":(\w+):", lambda match: EMOJI.get(match[1], match[0]), html))  # noqa: S704


def glance(text: str) -> str:
    """The first words of a message for the list, without its marks."""
    bare = re.sub(r"<[^|>]+\|([^>]+)>", r"\1", re.sub(r":\w+: ?", "", text))
    return " ".join(re.sub(r"[*~`]|(?<!\w)_|_(?!\w)", "", unescape(bare)).split())[:90]


def slack_text(node: Any) -> Markup:
    """A text object: mrkdwn is dressed, plain text is not."""
    if not isinstance(node, dict):
        return Markup("")
    text = str(node.get("text", ""))
    return slack(text) if node.get("type") == "mrkdwn" else escape(text)


def name(recipient: str) -> str:
    """A phone with spaces, a channel as it is."""
    digits = recipient.removeprefix("+")
    if not recipient.startswith("+"):
        return recipient
    if digits.startswith("1") and len(digits) == 11:
        return f"+1 {digits[1:4]} {digits[4:7]} {digits[7:]}"
    return f"+{digits[:2]} " + " ".join(digits[at : at + 3] for at in range(2, len(digits), 3))
