"""The command line. Each command is the library's verb of the same name."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from comity import __version__
from comity.errors import ComityError, StoreError, UsageError
from comity.faces import (
    actors_commands,
    ask_commands,
    base_commands,
    correct_commands,
    exchange_commands,
    outlook_commands,
    read_commands,
    serve_command,
    version_commands,
)

app = typer.Typer(
    name="comity",
    help="From news reports to who moves closer to whom, with the evidence.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: comity demo",
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"comity {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """From news reports to who moves closer to whom, with the evidence."""


for module in (
    base_commands,
    actors_commands,
    read_commands,
    ask_commands,
    outlook_commands,
    correct_commands,
    exchange_commands,
    version_commands,
    serve_command,
):
    module.register(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line and exits: 0 done, 1 some sources refused, 2 wrong use, 3 nothing could be done."""
    try:
        app(args=list(arguments) if arguments is not None else None, standalone_mode=True)
    except UsageError as error:
        _fail(error, 2)
    except StoreError as error:
        _fail(error, 3)
    except ComityError as error:
        _fail(error, 3)
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
    except KeyboardInterrupt:
        typer.echo("stopped; what was stored is whole, run the same command again to go on", err=True)
        raise SystemExit(130) from None


def _fail(error: Exception, status: int) -> None:
    typer.echo(f"comity: {error}", err=True)
    raise SystemExit(status)


if __name__ == "__main__":
    main()
