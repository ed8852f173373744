"""Commands that ask a store for blocs, a forecast, and whom a state turned to."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.faces import options
from comity.faces.output import chosen, write_rows
from comity.model import Blocs, TurnedTo
from comity.run.known import state_id, state_names
from comity.run.open import open_monitor

AHEAD_COLUMNS = (
    "months", "end", "closeness.mean", "closeness.lo", "closeness.hi", "told.mean", "told.lo", "told.hi", "turn",
)  # fmt: skip
BLOC_COLUMNS = ("bloc", "stability", "members")
GAIN_COLUMNS = ("state", "change.mean", "change.lo", "change.hi", "chance", "mutual", "happenings")


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    for name, command, example in (
        ("blocs", blocs_command, "comity blocs --store world"),
        ("forecast", forecast_command, "comity forecast PRK RUS --store world"),
        ("turned", turned_command, "comity turned PRK --store world"),
    ):
        app.command(name, epilog=f"Example: {example}")(command)


def blocs_command(
    store: options.StorePath,
    as_of: options.AsOf = None,
    format: options.FormatName = None,
    out: options.OutFile = None,
) -> None:
    """Groups of states, those between them, and the unbalanced triangles that pull at them."""
    found = open_monitor(store).blocs(as_of=options.read_day(as_of, "--as-of"))
    how = chosen(format, out)
    if how == "jsonl":
        write_rows([found.to_dict()], format=how, columns=(), out=out)
    else:
        write_rows((bloc.to_dict() for bloc in found.blocs), format=how, columns=BLOC_COLUMNS, out=out)
    if how == "table" and out is None:
        typer.echo("\n".join(blocs_lines(found)))


def blocs_lines(found: Blocs) -> list[str]:
    """What a table of blocs doesn't show, in sentences."""
    lines = []
    for one in found.between:
        lines.append(
            f"{one.state} stands between bloc {one.bloc} ({one.share:.0%} of the worlds drawn) and bloc {one.other} "
            f"({one.other_share:.0%})"
        )
    lines += [f"{m.state} left {', '.join(m.left)} within a year; now in bloc {m.bloc}" for m in found.moved]
    balance = found.balance
    if balance.share is not None and balance.expected is not None:
        lines.append(
            f"{balance.share:.0%} of {balance.triangles} triangles are balanced, {balance.expected:.0%} by chance "
            f"(as many in {balance.chance:.1%} of the deals)"
        )
    for t in found.triangles:
        first, second, rivals = t.closeness
        lines.append(
            f"{t.friend} stands well with {t.rivals[0]} ({first:+.2f}) and {t.rivals[1]} ({second:+.2f}), who stand badly "
            f"with each other ({rivals:+.2f})"
        )
    if found.alone:
        lines.append(f"in no bloc: {', '.join(found.alone)}")
    return lines or [
        "too little was read to tell blocs: a state needs ten reports and five partners in three years"
    ]


def forecast_command(
    a: Annotated[str, typer.Argument(help="A state.")],
    b: Annotated[str, typer.Argument(help="Another state.")],
    store: options.StorePath,
    months: Annotated[int, typer.Option("--months", help="How many months ahead, 1 to 6.")] = 6,
    as_of: options.AsOf = None,
    format: options.FormatName = None,
    out: options.OutFile = None,
) -> None:
    """The months ahead of a pair with intervals, the chance of a turn, and whether to believe it."""
    found = open_monitor(store).forecast(
        (state_id(a), state_id(b)), months=months, as_of=options.read_day(as_of, "--as-of")
    )
    how = chosen(format, out)
    shared = {"pair": list(found.pair), "better": found.better, "verdict": found.verdict}
    rows = ({**one.to_dict(), **shared} for one in found.ahead)
    write_rows(rows, format=how, columns=AHEAD_COLUMNS, out=out)
    if how == "table" and out is None:
        typer.echo(f"{found.exposure} happenings and rows; {found.verdict}")


def turned_command(
    state: Annotated[str, typer.Argument(help="A state.")],
    store: options.StorePath,
    as_of: options.AsOf = None,
    window: Annotated[
        int | None,
        typer.Option("--window", help="Days before as-of in which it turned; default: two years at most."),
    ] = None,
    format: options.FormatName = None,
    out: options.OutFile = None,
) -> None:
    """Whom a state turned to while its other ties fell, with the odds that chance does as much."""
    id_ = state_id(state)
    found = open_monitor(store).turned(id_, window_days=window, as_of=options.read_day(as_of, "--as-of"))
    how = chosen(format, out)
    if how == "jsonl":
        write_rows([found.to_dict()] if found else [], format=how, columns=(), out=out)
    else:
        rows = [gain.to_dict() for gain in found.gains] if found else []
        write_rows(rows, format=how, columns=GAIN_COLUMNS, out=out)
    if how == "table" and out is None and found:
        typer.echo(turned_line(found, state_names([id_])[id_]))


def turned_line(found: TurnedTo, name: str) -> str:
    """What the other ties of the state did in the window."""
    span = f"from {found.start} to {found.as_of}"
    if found.others is None:
        return f"{name} had no other tie with news {span}"
    mean, lo, hi = found.others
    return f"the other {found.ties - bool(found.gains)} ties of {name} changed by {mean:+.2f} ({lo:+.2f} to {hi:+.2f}) {span}"
