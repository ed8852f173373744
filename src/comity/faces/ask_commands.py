"""Commands that ask a store: events, closeness, isolation, turning, brief, store info."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from comity.errors import UsageError
from comity.faces import options
from comity.faces.output import chosen, write_rows
from comity.faces.report import render
from comity.records import EventQuery
from comity.records.imported import imported_happenings
from comity.run import briefs
from comity.run.known import actor_id, state_id
from comity.run.monitor import Monitor
from comity.run.open import open_monitor

HAPPENING_COLUMNS = (
    "on.start", "type", "actor", "recipient", "status", "confidence", "tellings", "events.evidence.text", "id",
)  # fmt: skip

IMPORTED_COLUMNS = (
    "on.start", "type", "actor", "recipient", "status", "tellings", "rows.actor_text", "rows.recipient_text", "id",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    for name, command, example in (
        (
            "events",
            events_command,
            "comity events --store world --actor RUS --recipient UKR --from 2022-01-01",
        ),
        ("closeness", closeness_command, "comity closeness PRK RUS --store world --every month"),
        ("isolation", isolation_command, "comity isolation RUS --store world"),
        ("turning", turning_command, "comity turning --store world --window 365"),
        ("brief", brief_command, "comity brief PRK RUS --store world"),
    ):
        app.command(name, epilog=f"Example: {example}")(command)
    store = typer.Typer(name="store", help="What a store holds.", no_args_is_help=True)
    store.command("info", epilog="Example: comity store info --store world --verify")(info_command)
    app.add_typer(store)


def _monitor(store: Path) -> Monitor:
    return open_monitor(store)


def events_command(
    store: options.StorePath,
    actor: Annotated[str | None, typer.Option("--actor", help="Who acts: a state or KIND:NAME.")] = None,
    recipient: Annotated[str | None, typer.Option("--recipient", help="On whom.")] = None,
    type: Annotated[str | None, typer.Option("--type", "-t", help="A PLOVER type.")] = None,
    from_: options.FromDay = None,
    to: options.ToDay = None,
    status: Annotated[str | None, typer.Option("--status", help="asserted, denied, planned, ...")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Show uncertain events too.")] = False,
    imported: Annotated[
        bool, typer.Option("--imported", help="Show what imported rows tell instead.")
    ] = False,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=0)] = None,
    format: options.FormatName = None,
    out: options.OutFile = None,
) -> None:
    """Stored happenings, newest first, each with its reports."""
    start, end = options.read_span(from_, to)
    query = EventQuery(
        actor=actor_id(actor),
        recipient=actor_id(recipient),
        type=type.upper() if type else None,
        from_=start,
        to=end,
        status=status,
        include_uncertain=everything,
        limit=limit,
    )
    kept = options.open_store(store)
    if imported:
        told = imported_happenings(kept, query)
        write_rows(told, format=chosen(format, out), columns=IMPORTED_COLUMNS, out=out)
        return
    rows = (happening.to_dict() for happening in kept.happenings(query))
    write_rows(rows, format=chosen(format, out), columns=HAPPENING_COLUMNS, out=out)


def closeness_command(
    a: Annotated[str, typer.Argument(help="A state.")],
    b: Annotated[str, typer.Argument(help="Another state.")],
    store: options.StorePath,
    every: Annotated[str, typer.Option("--every", help="day, week or month.")] = "week",
    from_: options.FromDay = None,
    to: options.ToDay = None,
    as_of: options.AsOf = None,
    directed: Annotated[bool, typer.Option("--directed", help="Only what A does to B.")] = False,
    filtered: Annotated[
        bool, typer.Option("--filtered", help="Each day by what was known on it, not by what is known now.")
    ] = False,
    format: options.FormatName = None,
    out: options.OutFile = None,
) -> None:
    """How close two states are over time: date, mean, lo, hi, exposure."""
    if every not in ("day", "week", "month"):
        raise UsageError(f"--every takes day, week or month, got {every!r}")
    start, end = options.read_span(from_, to)
    pair = state_id(a), state_id(b)
    found = _monitor(store).closeness(
        pair,
        every=every,
        from_=start,
        to=end,
        as_of=options.read_day(as_of, "--as-of"),
        directed=directed,
        filtered=filtered,
    )
    columns = ("on", "mean", "lo", "hi", "kinship", "hostility", "exposure")
    write_rows((e.to_dict() for e in found), format=chosen(format, out), columns=columns, out=out)


def isolation_command(
    state: Annotated[str, typer.Argument(help="A state.")],
    store: options.StorePath,
    every: Annotated[str, typer.Option("--every", help="day, week or month.")] = "month",
    as_of: options.AsOf = None,
    format: options.FormatName = None,
    out: options.OutFile = None,
) -> None:
    """How cut off a state is, over time, and which ties it lost."""
    if every not in ("day", "week", "month"):
        raise UsageError(f"--every takes day, week or month, got {every!r}")
    found = _monitor(store).isolation(state_id(state), every=every, as_of=options.read_day(as_of, "--as-of"))
    columns = ("on", "mean", "lo", "hi", "lost.state")
    write_rows((e.to_dict() for e in found), format=chosen(format, out), columns=columns, out=out)


def turning_command(
    store: options.StorePath,
    as_of: options.AsOf = None,
    window: Annotated[int, typer.Option("--window", help="Days before as-of in which the turn began.")] = 365,
    state: Annotated[str | None, typer.Option("--state", help="Only this state's pairs.")] = None,
    fdr: Annotated[
        float, typer.Option("--fdr", help="Largest expected share of false turns in the list.")
    ] = 0.3,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0)] = 30,
    format: options.FormatName = None,
    out: options.OutFile = None,
) -> None:
    """The pairs that turned toward or away from each other, most certain first."""
    turns = _monitor(store).turning(
        as_of=options.read_day(as_of, "--as-of"),
        window_days=window,
        state=state_id(state) if state else None,
        fdr=fdr,
        limit=limit,
    )
    columns = (
        "pair", "direction", "probability", "since.mean", "change.mean", "closeness.mean", "lasting",
        "compared_with",
    )  # fmt: skip
    write_rows((t.to_dict() for t in turns), format=chosen(format, out), columns=columns, out=out)


def brief_command(
    a: Annotated[str, typer.Argument(help="A state.")],
    store: options.StorePath,
    b: Annotated[str | None, typer.Argument(help="Another state; without it, the state's ties.")] = None,
    as_of: options.AsOf = None,
    format: Annotated[str, typer.Option("--format", "-f", help="text, md or html.")] = "text",
    out: options.OutFile = None,
) -> None:
    """One page a person reads: where the pair stands, since when, why, with quotations and sources."""
    if format not in ("text", "md", "html"):
        raise UsageError(f"--format takes text, md or html, got {format!r}")
    day = options.read_day(as_of, "--as-of")
    monitor = _monitor(store)
    text = render(
        briefs.state_brief(monitor, state_id(a), as_of=day)
        if b is None
        else briefs.pair_brief(monitor, state_id(a), state_id(b), as_of=day),
        format,
    )
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")


def info_command(
    store: options.StorePath,
    verify: Annotated[bool, typer.Option("--verify", help="Check every checksum.")] = False,
) -> None:
    """Counts, spans, sources, versions, size; with --verify every checksum."""
    import json

    typer.echo(json.dumps(options.open_store(store).info(verify=verify), indent=2, default=str))
