"""The map of the world as SVG: states shaded, contested areas hatched, lines between pairs that turned.

Outlines come from `map/outlines.csv` (made by `scripts/web/build_map.py`), contested areas from `map/disputed.csv`. Where a state
holds what another claims, the map shows who holds it, unless the reader chooses the viewpoint of one that claims it.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import resources
from math import hypot

WORLD = 2000
HEIGHT = 858
"""The lower edge of what is drawn: south of it lies Antarctica alone."""
TOP = -6
SMALL = 14
"""A state of fewer square units than this is drawn as a disc too, else nobody would find it."""
UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Outline:
    """A state, territory (`other`) or contested area with its shape and the place where lines to it begin."""

    id: str
    kind: str
    x: int
    y: int
    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """A contested area: who holds it, who claims it, and what there is to say. `outline` is its id where it has one."""

    area: str
    outline: str
    held_by: str
    claimed_by: str
    note: str

    def owner(self, viewpoint: str | None) -> str:
        """As whose the area is shown."""
        return self.claimed_by if viewpoint == self.claimed_by else self.held_by


@dataclass(frozen=True, slots=True)
class Shade:
    """How a state is filled (`s0` to `s4`, `d0` to `d4`) and what is said when it is pointed at."""

    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Arc:
    """A pair that turned: `kind` closer or apart, `weight` in [0, 1] its probability."""

    a: str
    b: str
    kind: str
    weight: float
    label: str


@cache
def outlines() -> tuple[Outline, ...]:
    """All outlines of the map."""
    return tuple(
        Outline(row["id"], row["kind"], int(row["x"]), int(row["y"]), int(row["size"]), row["path"])
        for row in _rows("outlines.csv")
    )


@cache
def disputes() -> tuple[Dispute, ...]:
    """All contested areas that the map knows, by name."""
    return tuple(Dispute(**row) for row in _rows("disputed.csv"))


def viewpoints() -> tuple[str, ...]:
    """The states whose view of a contested area differs from who holds it."""
    return tuple(sorted({one.claimed_by for one in disputes()}))


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files("comity.faces.web") / "map" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def draw_map(
    shades: Mapping[str, Shade],
    arcs: Sequence[Arc] = (),
    *,
    name: Callable[[str], str],
    viewpoint: str | None = None,
    chosen: str | None = None,
) -> str:
    """The map as one `<svg>` element. States without a shade are hatched: nothing was read of them.

    It is hidden from screen readers, which get the table beside it; its links can't be reached by keyboard for the same reason.
    """
    contested = {one.outline: one for one in disputes() if one.outline}
    lands = [one for one in outlines() if one.kind != "area"]
    parts = [
        f'<svg class="map" xmlns="http://www.w3.org/2000/svg" viewBox="0 {TOP} {WORLD} {HEIGHT - TOP}" aria-hidden="true">',
        '<defs><pattern id="map-unread" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect class="unread-paper" width="9" height="9"/><line class="unread-line" x1="0" x2="0" y1="0" y2="9"/></pattern>'
        '<pattern id="map-contested" width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">'
        '<line class="contested-line" x1="0" x2="0" y1="0" y2="10"/></pattern></defs>',
    ]
    for one in lands:
        owner = contested[one.id].owner(viewpoint) if one.id in contested else one.id
        parts.append(_land(one, shades, owner=owner, name=name, chosen=chosen))
    parts += _contested(shades, viewpoint, name)
    parts += (_disc(one, shades, name, chosen) for one in lands if one.size < SMALL and one.id in shades)
    parts += _arcs(arcs)
    return "".join([*parts, "</svg>"])


def _land(
    one: Outline, shades: Mapping[str, Shade], *, owner: str, name: Callable[[str], str], chosen: str | None
) -> str:
    if not one.path:
        return ""
    if one.kind == "other":
        return f'<path class="land other" d="{one.path}"/>'
    shade = shades.get(owner)
    kind = shade.kind if shade else UNREAD
    said = f"{name(owner)}: {shade.label}" if shade else f"{name(owner)}: nothing read"
    ring = " chosen" if one.id == chosen else ""
    return (
        f'<a href="/state/{owner}" tabindex="-1"><path class="land {kind}{ring}" d="{one.path}">'
        f"<title>{escape(said)}</title></path></a>"
    )


def _disc(one: Outline, shades: Mapping[str, Shade], name: Callable[[str], str], chosen: str | None) -> str:
    shade = shades[one.id]
    ring = " chosen" if one.id == chosen else ""
    return (
        f'<a href="/state/{one.id}" tabindex="-1"><circle class="land {shade.kind}{ring}" cx="{one.x}" cy="{one.y}" r="6">'
        f"<title>{escape(f'{name(one.id)}: {shade.label}')}</title></circle></a>"
    )


def _contested(shades: Mapping[str, Shade], viewpoint: str | None, name: Callable[[str], str]) -> list[str]:
    """Each contested area in the shade of whose it is shown as, hatched and with a broken outline."""
    shapes = {one.id: one for one in outlines()}
    parts = []
    for one in disputes():
        shape = shapes.get(one.outline or one.area)
        if shape is None:
            continue
        owner = one.owner(viewpoint)
        shade = shades.get(owner)
        said = f"{one.area}: shown as {name(owner)}. {one.note}"
        fill = (
            f'<path class="land {shade.kind if shade else UNREAD}" d="{shape.path}"/>'
            if not one.outline
            else ""
        )
        parts.append(f'{fill}<path class="contested" d="{shape.path}"><title>{escape(said)}</title></path>')
    return parts


def _arcs(arcs: Iterable[Arc]) -> list[str]:
    places = {one.id: (one.x, one.y) for one in outlines() if one.kind == "state"}
    parts: list[str] = []
    for arc in arcs:
        if arc.a not in places or arc.b not in places:
            continue
        (ax, ay), (bx, by) = places[arc.a], places[arc.b]
        turns = [(ax, bx)] if abs(ax - bx) <= WORLD / 2 else [(ax, bx + WORLD), (ax - WORLD, bx)]
        if abs(ax - bx) > WORLD / 2 and ax < bx:
            turns = [(ax, bx - WORLD), (ax + WORLD, bx)]
        wide = 1.5 + 4 * max(arc.weight - 0.5, 0.0) * 2
        drawn = "".join(f'<path d="{_bow(x1, ay, x2, by)}"/>' for x1, x2 in turns)
        parts.append(
            f'<a href="/pair/{arc.a}/{arc.b}" tabindex="-1"><g class="arc {escape(arc.kind)}" stroke-width="{wide:.1f}">'
            f'<title>{escape(arc.label)}</title>{drawn}<circle cx="{ax}" cy="{ay}" r="4"/><circle cx="{bx}" cy="{by}" r="4"/></g></a>'
        )
    return parts


def _bow(x1: float, y1: float, x2: float, y2: float) -> str:
    """A curve between two places, bent to the north by a fifth of its length."""
    lift = hypot(x2 - x1, y2 - y1) * 0.22
    middle = (x1 + x2) / 2, min(max((y1 + y2) / 2 - lift, TOP + 4), HEIGHT)
    return f"M{x1:g} {y1:g}Q{middle[0]:.0f} {middle[1]:.0f} {x2:g} {y2:g}"
