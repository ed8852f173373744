"""The gate: what passes, what is told, what stops it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from comity.run import score
from comity.run.figures import GROUPS, Group, Measured, Places
from comity.run.score import FIGURES, Figure, measured, read_figures, table, write_figures


def figure(better: str, now: float | None, floor: float | None = 0.5) -> Figure:
    return Figure("f", better, floor, 0.4, "", now)


@pytest.mark.parametrize(
    ("one", "passes"),
    [
        (figure("up", 0.5), True),
        (figure("up", 0.499), False),
        (figure("down", 0.5), True),
        (figure("down", 0.501), False),
        (figure("up", None), True),
        (figure("up", -9.0, None), True),
    ],
)
def test_the_right_side_of_the_floor(one: Figure, passes: bool) -> None:
    assert one.passes is passes


def test_figures_come_back_from_the_file_with_what_was_measured(tmp_path: Path) -> None:
    rows = [
        Figure("a, with a comma", "up", 0.5, 0.61, "", 0.654321),
        Figure("b", "down", None, 3.0, "MiB", None),
        Figure("c", "up", 0.0, None, ""),
    ]
    write_figures(tmp_path / "f.csv", rows)
    back = read_figures(tmp_path / "f.csv")
    assert list(back) == ["a, with a comma", "b", "c"]
    assert (back["a, with a comma"].last, back["a, with a comma"].floor) == (0.6543, 0.5)
    assert (back["b"].last, back["b"].floor, back["b"].unit) == (3.0, None, "MiB")
    assert (back["c"].last, back["c"].floor) == (None, 0.0)
    again = tmp_path / "g.csv"
    write_figures(again, list(back.values()))
    assert again.read_bytes() == (tmp_path / "f.csv").read_bytes()


def test_the_table_shows_change_and_fall() -> None:
    shown = table([figure("up", 0.45), figure("down", 0.6), figure("up", None)])
    head, fallen, risen, idle = shown.splitlines()
    assert head.split() == ["figure", "now", "floor", "last", "change"]
    assert "+0.0500" in fallen and "BELOW ITS FLOOR" in fallen
    assert "ABOVE ITS CEILING" in risen
    assert "not run" in idle and "FLOOR" not in idle


def test_floors_stand_for_figures_that_are_whole() -> None:
    figures = read_figures(FIGURES)
    assert len(figures) >= 20
    for one in figures.values():
        assert one.better in ("up", "down")
        if one.last is not None and one.floor is not None:
            good = one.last >= one.floor if one.better == "up" else one.last <= one.floor
            assert good, f"{one.name}: the last value is on the wrong side of its floor"


@pytest.fixture
def two_groups(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Places:
    monkeypatch.delenv("CI", raising=False)
    (tmp_path / "here").mkdir()
    monkeypatch.setattr(score, "GROUPS", {
        "present": Group(lambda p: p.shared / "here", lambda p: iter([Measured("present: share", 0.5)])),
        "absent": Group(lambda p: p.shared / "gone", lambda p: iter([Measured("absent: share", 0.5)])),
    })  # fmt: skip
    return Places(tmp_path, tmp_path)


def test_what_is_absent_is_told_and_skipped(two_groups: Places, capsys: pytest.CaptureFixture[str]) -> None:
    assert [m.name for m in measured(two_groups, None)] == ["present: share"]
    assert "skipped absent" in capsys.readouterr().err
    assert list(measured(two_groups, "abs")) == []


def test_ci_may_not_skip(two_groups: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(SystemExit, match="absent"):
        list(measured(two_groups, None))
    assert [m.name for m in measured(two_groups, "present")] == ["present: share"]


@pytest.mark.parametrize(("floor", "stops"), [(0.4, False), (0.6, True)])
def test_the_gate_stops_at_a_fall(
    two_groups: Places, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, floor: float, stops: bool
) -> None:
    file = tmp_path / "figures.csv"
    write_figures(file, [Figure("present: share", "up", floor, 0.7, "")])
    monkeypatch.setattr(score, "FIGURES", file)
    monkeypatch.setattr(sys, "argv", ["score", "--shared", str(tmp_path), "--only", "present", "--keep"])
    if stops:
        with pytest.raises(SystemExit, match="present: share"):
            score.main()
    else:
        score.main()
    assert read_figures(file)["present: share"].last == 0.5
    assert read_figures(file)["present: share"].floor == floor


def test_every_group_says_what_it_needs(tmp_path: Path) -> None:
    places = Places(tmp_path / "root", tmp_path / "shared")
    for group in GROUPS.values():
        assert group.missing(places) is None or str(tmp_path) in str(group.missing(places))
