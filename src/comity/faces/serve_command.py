"""The command that serves a store's pages and their JSON."""

from __future__ import annotations

import ipaddress
import socket
from pathlib import Path
from typing import Annotated

import typer

from comity.errors import UsageError
from comity.faces import options

MOST_AT_ONCE = 512
"""Connections beyond these are told to come again later."""
SHORTEST_TOKEN = 20


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("serve", epilog="Example: comity serve --store world")(serve_command)


def serve_command(
    store: options.StorePath,
    host: Annotated[str, typer.Option("--host", help="The address to answer on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", "-p", min=0, max=65535, help="0 takes any free one.")] = 8000,
    public: Annotated[
        bool, typer.Option("--public", help="Let anybody read; nobody writes or has URLs fetched.")
    ] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Let those who show the token correct, review and add.")
    ] = False,
    token_file: Annotated[
        Path | None,
        typer.Option("--token-file", help="A file that keeps the token, so that it outlives a restart."),
    ] = None,
) -> None:
    """Pages to look at in a browser, and the same as JSON, until Ctrl-C. It only reads the store unless --write."""
    # Drawn in here and not above: the web server takes longer to load than most commands take to run.
    import uvicorn

    from comity.faces.web.access import Access, new_token
    from comity.faces.web.app import LOOPBACK, create_app
    from comity.run.open import open_monitor

    if public and write:
        raise UsageError(
            "--public lets anybody in and --write lets them change the store: give one of them; "
            "without --public a token is asked for"
        )
    local = is_loopback(host)
    opened = options.open_store(store)
    access = Access(
        token=read_token(token_file, new_token()),
        closed=not local and not public,
        write=write,
        fetch=not public,
    )
    listening = listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    app = create_app(
        lambda: open_monitor(opened),
        hosts={*LOOPBACK, shown} if local and not public else None,
        access=access,
    )
    address = f"http://{shown}:{listening.getsockname()[1]}/"
    typer.echo(f"{store} at {address} (Ctrl-C ends it)", err=True)
    if access.closed or access.write:
        typer.echo(f"token: {access.token} (shown at {address}enter)", err=True)
    server = uvicorn.Server(
        uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, limit_concurrency=MOST_AT_ONCE,
            timeout_keep_alive=20, proxy_headers=False,
        )
    )  # fmt: skip
    app.state.desk.keep_fresh()
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        typer.echo("stopped", err=True)


def read_token(file: Path | None, fresh: str) -> str:
    """The token that a file keeps, the fresh one where there is no file yet. Raises UsageError for a weak one."""
    if file is None:
        return fresh
    try:
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(fresh + "\n", encoding="utf-8")
        token = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--token-file {file}: it can't be read or made ({error}); name another") from error
    if len(token) < SHORTEST_TOKEN or not token.isascii() or not token.isprintable():
        raise UsageError(
            f"--token-file {file}: a token has at least {SHORTEST_TOKEN} plain characters; "
            "remove the file and a new one is made"
        )
    return token


def is_loopback(host: str) -> bool:
    """Whether an address is one that only this machine can reach."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises UsageError that says why it can't."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _cannot(host, port, error) from error
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError as error:
        listening.close()
        raise _cannot(host, port, error) from error
    return listening


def _cannot(host: str, port: int, error: OSError) -> UsageError:
    return UsageError(
        f"can't answer on {host}, port {port} ({error.strerror}); name another with --host or --port"
    )
