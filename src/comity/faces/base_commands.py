"""Commands that need no store: demo, who, types, train."""

from __future__ import annotations

import json
import textwrap
import time
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from comity.actors.answers import explain_nobody, find_answers, near_names
from comity.faces import options, train_command
from comity.faces.output import chosen, write_rows
from comity.faces.report import happening_line, quotation_line, turn_sentence
from comity.lexicons.ontology import EventType, contexts, event_type, event_types
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
    train_command.register(app)


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
    whole: Annotated[bool, typer.Option("--json", help="One JSON object: name, on, answers, near.")] = False,
) -> None:
    """Who that name is on that day, for whom he speaks, and how comity knows; the likeliest first."""
    day, known = options.read_day(on, "--on"), gazetteer(actors)
    rows = [asdict(answer) for answer in find_answers(name, known, day)]
    if whole:
        near = [] if rows else near_names(name, known)
        typer.echo(json.dumps({"name": name, "on": on, "answers": rows, "near": near}, ensure_ascii=False))
    else:
        columns = (
            "id", "sector", "person", "office", "valid_from", "valid_to", "probability", "reason", "source",
        )  # fmt: skip
        write_rows(rows, format=chosen(format, None), columns=columns)
    if not rows:
        typer.echo(f"comity: {explain_nobody(name, known, day)}", err=True)
        raise typer.Exit(3)


def types_command(
    type: Annotated[str | None, typer.Argument(help="One of the sixteen.")] = None,
    format: options.FormatName = None,
    json_: Annotated[bool, typer.Option("--json", help="JSON lines, the same as --format jsonl.")] = False,
) -> None:
    """The ontology: definitions, borderline rules, examples and near misses, modes, contexts, scores, CAMEO codes."""
    chosen_types = [event_type(type)] if type else list(event_types().values())
    kind = "jsonl" if json_ else chosen(format, None)
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
        "But:",
        *(f"  {rule}" for rule in kind.rules),
        "Examples (who acts > on whom):",
        *(f"  {e.text}  [{e.actor} > {e.recipient}]" for e in kind.marked),
        "Near misses:",
        *(
            f"  {e.text}  [{e.actor} > {e.recipient}: {'no event' if e.reads_as == 'NONE' else e.reads_as}]"
            for e in kind.marked_misses
        ),
    ]
    if kind.modes:
        lines += ["Modes:", *(f"  {mode:<16} {definition}" for mode, definition in kind.mode_definitions)]
    lines += ["Contexts:", *_wrapped(contexts()), "CAMEO codes read as it:", *_wrapped(kind.cameo_codes)]
    return "\n".join(lines) + "\n"


def _wrapped(names: Iterable[str]) -> list[str]:
    return textwrap.wrap(", ".join(names), 100, initial_indent="  ", subsequent_indent="  ")
