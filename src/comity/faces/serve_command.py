"""The command that serves a store's pages and their JSON."""

from __future__ import annotations

import ipaddress
import socket
from typing import Annotated

import typer

from comity.errors import UsageError
from comity.faces import options


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("serve", epilog="Example: comity serve --store world")(serve_command)


def serve_command(
    store: options.StorePath,
    host: Annotated[str, typer.Option("--host", help="The address to answer on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", "-p", min=0, max=65535, help="0 takes any free one.")] = 8000,
    public: Annotated[bool, typer.Option("--public", help="Let other machines read the store too.")] = False,
) -> None:
    """Pages to look at in a browser, and the same as JSON, until Ctrl-C. It only reads the store."""
    # Drawn in here and not above: the web server takes longer to load than most commands take to run.
    import uvicorn

    from comity.faces.web.app import LOOPBACK, create_app
    from comity.run.open import open_monitor

    local = is_loopback(host)
    if not local and not public:
        raise UsageError(
            f"--host {host} lets other machines read the store: add --public if they may, "
            "or leave --host out to answer this machine alone"
        )
    opened = options.open_store(store)
    listening = listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    app = create_app(lambda: open_monitor(opened), hosts={*LOOPBACK, shown} if local else None)
    typer.echo(f"{store} at http://{shown}:{listening.getsockname()[1]}/ (Ctrl-C ends it)", err=True)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        typer.echo("stopped", err=True)


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
