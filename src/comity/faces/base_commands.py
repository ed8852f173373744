"""Commands that need no store: demo, who, types."""

from __future__ import annotations

import textwrap
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from comity.faces import options
from comity.faces.output import chosen, write_rows
from comity.faces.report import happening_line, quotation_line, turn_sentence
from comity.lexicons.ontology import EventType, event_type, event_types
from comity.run.demo import Demonstration, demonstrate
from comity.run.known import gazetteer

TRY_NEXT = """\
Try next:
  comity brief PRK RUS --store {store}
  comity events --store {store} --actor CHN --from 2020-01-01
  comity code "Ankara recalled its ambassador from Stockholm on Monday." --published 2023-01-24
"""


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    app.command("demo", epilog="Example: comity demo --store demo-store")(demo_command)
    app.command("who", epilog="Example: comity who Zelensky --on 2022-03-01")(who_command)
    app.command("types", epilog="Example: comity types SANCTION")(types_command)


def demo_command(
    store: Annotated[Path, typer.Option("--store", "-s", help="Where the fresh store goes.")] = Path(
        "demo-store"
    ),
) -> None:
    """Codes the bundled reports into a fresh store and prints which states moved closer or apart, with the words."""
    began = time.monotonic()
    shown = demonstrate(store)
    typer.echo(_demonstration(shown, time.monotonic() - began), nl=False)


def _demonstration(shown: Demonstration, seconds: float) -> str:
    lines = [
        f"{shown.report.documents} bundled reports read, {shown.report.events} events coded "
        f"in {seconds:.1f} s, stored in {shown.store}.",
        "",
        "Who moved closer, who moved apart",
        "=================================",
    ]
    for turned in shown.turned:
        level = turned.turn.level
        lines += ["", textwrap.fill(turn_sentence(turned.turn, *turned.names), 100)]
        lines.append(f"  closeness now {level[0]:+.2f} (90 % interval {level[1]:+.2f} to {level[2]:+.2f})")
        for reason in turned.reasons[:3]:
            lines.append(f"  {happening_line(reason.happening)}")
            for quotation in reason.quotations[:1]:
                lines.append(textwrap.fill(quotation_line(quotation), 100, initial_indent=" " * 6,
                                           subsequent_indent=" " * 6))  # fmt: skip
    lines += ["", TRY_NEXT.format(store=shown.store)]
    return "\n".join(lines)


def who_command(
    name: Annotated[str, typer.Argument(help="A name as a report has it.")],
    on: Annotated[str | None, typer.Option("--on", help="The day, YYYY-MM-DD.")] = None,
    format: options.FormatName = None,
    actors: options.Actors = None,
) -> None:
    """Who that name is on that day, for whom he speaks, and how comity knows."""
    found = gazetteer(actors).who(name, on=options.read_day(on, "--on"))
    rows = [asdict(answer) for answer in found]
    columns = ("id", "sector", "person", "office", "valid_from", "valid_to", "kind", "source")
    write_rows(rows, format=chosen(format, None), columns=columns)
    if not rows:
        typer.echo(f"nobody known as {name!r}" + (f" on {on}" if on else ""), err=True)
        raise typer.Exit(3)


def types_command(
    type: Annotated[str | None, typer.Argument(help="One of the sixteen.")] = None,
    format: options.FormatName = None,
) -> None:
    """The ontology: definitions, borderline rules, examples and near misses, modes, scores."""
    chosen_types = [event_type(type)] if type else list(event_types().values())
    kind = chosen(format, None)
    if type and kind == "table":
        typer.echo(_type_page(chosen_types[0]), nl=False)
        return
    write_rows(
        (t.to_dict() for t in chosen_types), format=kind, columns=("name", "quad", "score", "definition")
    )


def _type_page(kind: EventType) -> str:
    lines = [
        f"{kind.name}  ({kind.quad}, score {kind.score:+.1f}, CAMEO {kind.cameo})",
        kind.definition,
        f"But: {kind.borderline}",
        "Examples:",
        *(f"  {example}" for example in kind.examples),
        "Near misses (of another type, or none):",
        *(f"  {miss}" for miss in kind.near_misses),
    ]
    if kind.modes:
        lines.append(f"Modes: {', '.join(kind.modes)}")
    return "\n".join(lines) + "\n"
