"""A URL to bytes, within limits of time and size, from public addresses unless others are allowed."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx2

from comity.errors import SourceError
from comity.read.raw import MAX_BYTES

__all__ = ["Fetched", "Resolve", "fetch", "resolve"]

Resolve = Callable[[str, int], list[str]]
"""From a host and a port to the addresses that it stands for."""

SECONDS = 30.0
MOST_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
HEADERS = {
    "User-Agent": "comity (reads news reports)",
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,text/plain,*/*;q=0.5",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a URL answered with: the bytes, the URL after redirects, and the charset that the server names."""

    data: bytes
    url: str
    charset: str | None


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system knows them. Raises SourceError (code `unreadable`)."""
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise SourceError(f"no host {host!r} was found; check the URL", code="unreadable") from error


def fetch(
    url: str,
    *,
    transport: httpx2.BaseTransport | None = None,
    allow_private: bool = False,
    resolve: Resolve | None = resolve,
    seconds: float = SECONDS,
) -> Fetched:
    """What a URL holds, at most MAX_BYTES of it. Raises SourceError.

    Each host is looked up once, its addresses are checked, and the connection goes to one that was checked;
    so with each redirect. With a transport and `resolve` None names aren't looked up, only checked as they
    stand. Codes: `url`, `private`, `http`, `redirect`, `timeout`, `too-long`, `unreadable`.
    """
    deadline = time.monotonic() + seconds
    with httpx2.Client(transport=transport, trust_env=False, timeout=seconds, headers=HEADERS) as client:
        for _ in range(MOST_REDIRECTS + 1):
            request = _request(client, url, allow_private, resolve)
            try:
                response = client.send(request, stream=True)
                try:
                    if response.status_code not in REDIRECTS:
                        return Fetched(_body(response, deadline, seconds), url, response.charset_encoding)
                    url = urljoin(url, response.headers.get("Location", ""))
                finally:
                    response.close()
            except httpx2.TimeoutException as error:
                raise _too_slow(seconds) from error
            except (httpx2.HTTPError, httpx2.InvalidURL) as error:
                raise SourceError(
                    f"it can't be reached ({error}); try again later", code="unreadable"
                ) from error
    raise SourceError(
        f"more than {MOST_REDIRECTS} redirects; give the URL of the page itself", code="redirect"
    )


def _request(client: httpx2.Client, url: str, allow_private: bool, resolve: Resolve | None) -> httpx2.Request:
    """A request that goes to a checked address of the URL's host."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise SourceError(f"{url!r} is no valid URL ({error}); check it", code="url") from error
    host = parts.hostname
    if parts.scheme not in {"http", "https"} or not host:
        raise SourceError(f"expected an http or https URL, got {url!r}", code="url")
    addresses = [host] if resolve is None or _is_address(host) else resolve(host, port)
    if not allow_private and (not addresses or any(_is_private(address) for address in addresses)):
        raise SourceError(
            f"{host} is a private or loopback address, which isn't read; save the page as a file",
            code="private",
        )
    if resolve is None or _is_address(host):
        return client.build_request("GET", url)
    pinned = httpx2.URL(url).copy_with(host=addresses[0])
    headers = {"Host": parts.netloc.rpartition("@")[2]}
    return client.build_request("GET", pinned, headers=headers, extensions={"sni_hostname": host})


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_private(address: str) -> bool:
    """Whether an address, or a name that was not looked up, isn't one of the public network."""
    try:
        parsed = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        name = address.rstrip(".").lower()
        return name == "localhost" or name.endswith((".localhost", ".local", ".internal")) or name.isdigit()
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return not parsed.is_global or parsed.is_multicast


def _body(response: httpx2.Response, deadline: float, seconds: float) -> bytes:
    if response.status_code != 200:
        raise SourceError(
            f"the server answered {response.status_code}; check the URL or try again later", code="http"
        )
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > MAX_BYTES:
            raise SourceError(f"it has more than {MAX_BYTES:,} bytes; save and split it", code="too-long")
        if time.monotonic() > deadline:
            raise _too_slow(seconds)
    return bytes(data)


def _too_slow(seconds: float) -> SourceError:
    return SourceError(f"no whole answer came in {seconds:g} seconds; try again later", code="timeout")
