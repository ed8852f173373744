"""Templates to HTML: the environment, and how nouns are put in words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from importlib import resources
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from comity import __version__
from comity.faces.web.chart import gauge
from comity.faces.web.marks import visible
from comity.model import Event, Happening

MINUS = "−"
STATIC = ("comity.css", "chart.css", "evidence.css", "comity.js")
"""What every page loads; a change of one changes the addresses under which browsers keep them."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def environment(name: Callable[[str], str]) -> Environment:
    """The templates with their filters; `name` turns the id of a state into its name.

    All that is not markup of our own is escaped, and characters that would act on the page are spelled out.
    """
    made = Environment(
        loader=PackageLoader("comity.faces.web", "templates"),
        autoescape=True,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters |= {
        "signed": signed,
        "share": share,
        "tenths": tenths,
        "segment": segment,
        "days": days,
        "web": web_address,
        "name": name,
        "names": lambda ids: ", ".join(name(id_) for id_ in ids),
        "who": lambda happening: who(happening, name),
        "counted": counted,
        "unbroken": unbroken,
    }
    made.globals |= {
        "gauge": lambda mean, lo, hi: Markup(gauge(mean, lo, hi)),
        "version": __version__,
        "style": hashlib.sha256(b"".join(static_file(name) or b"" for name in STATIC)).hexdigest()[:8],
        "frozen": False,
        "style_text": lambda: Markup(
            "\n".join((static_file(n) or b"").decode() for n in STATIC if n.endswith("css"))
        ),
    }
    return made


def _finalize(value: object) -> object:
    if value is None:
        return ""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def signed(value: float) -> str:
    """A number with its sign and two digits after the point."""
    text = f"{value:+.2f}"
    return "0.00" if text in ("+0.00", "-0.00") else text.replace("-", MINUS)


def tenths(value: float) -> str:
    """A number of [-1, 1] in tenths with its sign, for narrow cells."""
    text = f"{value * 10:+.0f}"
    return "0" if text in ("+0", "-0") else text.replace("-", MINUS)


def share(value: float) -> str:
    """A number of [0, 1] with two digits after the point; what isn't quite 1 or 0 isn't shown as such."""
    if 0.995 <= value < 1:
        return "> 0.99"
    return "< 0.01" if 0 < value < 0.005 else f"{value:.2f}"


def counted(number: int, noun: str) -> str:
    """A count with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}".replace(",", "\u202f")


def unbroken(text: str) -> Markup:
    """A sentence in which no day is broken at the end of a line."""
    return Markup(DAY.sub(r'<span class="day">\g<0></span>', str(escape(text))))


def segment(text: str) -> str:
    """A text as one segment of an address."""
    return quote(text, safe="")


def web_address(text: str | None) -> str | None:
    """The address if a browser may follow it, else None: a report can name any scheme."""
    return text if text and text.lower().startswith(("http://", "https://")) else None


def days(told: Happening | Event) -> str:
    """The days of a happening or event: one, or first to last, both included."""
    interval = told.on.interval
    if interval is None:
        return "day unknown"
    last = date.fromordinal(interval.end.toordinal() - 1)
    return str(interval.start) if interval.days == 1 else f"{interval.start} to {last}"


def who(happening: Happening, name: Callable[[str], str]) -> str:
    """Who did it to whom, in names."""
    actors = " and ".join(name(id_) for id_ in happening.actor)
    recipients = " and ".join(name(id_) for id_ in happening.recipient)
    return f"{actors} → {recipients}" if recipients else actors


@lru_cache(maxsize=16)
def static_file(name: str) -> bytes | None:
    """A file of the style folder; None when there is none of that name."""
    if "/" in name or "\\" in name or name.startswith("."):
        return None
    file = resources.files("comity.faces.web") / "static" / name
    return file.read_bytes() if file.is_file() else None
