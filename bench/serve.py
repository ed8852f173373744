"""Pages served to fifty readers at once, beside a static file of the same server in the same run.

    python -m bench.serve --happenings 1000000 [--store FOLDER]

Makes a store of so many happenings (kept in FOLDER where one is named), starts `comity serve` on it, asks each page once
(what the first reader waits for), then lets 50 readers ask them over and over for some seconds without a pause between, on
connections that are kept open. Prints p50 and p95 by kind of page in milliseconds. Clients and server share this machine.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from bench.made_store import WORDS, make
from comity.lexicons.tables import read_table

READERS = 50
SECONDS = 10.0
KINDS = ("static", "pair", "state", "search")


def addresses(count: int) -> dict[str, list[str]]:
    """The pages that are asked, by kind; of each kind some are asked more often than others."""
    chance = random.Random(7)
    states = [row["id"] for row in read_table("states")]
    chance.shuffle(states)
    top = states[:12]
    pairs = sorted({tuple(sorted(chance.sample(top, 2))) for _ in range(count)})
    return {
        "static": ["/static/comity.css"],
        "pair": [f"/pair/{a}/{b}" for a, b in pairs],
        "state": [f"/state/{state}" for state in top[:count]],
        "search": [f"/search?q={'+'.join(chance.sample(WORDS, 2))}" for _ in range(count)]
        + [f"/search?actor={state}" for state in top[:count]],
    }


class Reader:
    """A connection that is kept open, asked for one address after another."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def get(self, address: str) -> float:
        """The seconds until an answer was there whole. Raises RuntimeError for an answer other than 200."""
        began = time.perf_counter()
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(self.host, self.port)
        assert self._reader is not None
        self._writer.write(f"GET {address} HTTP/1.1\r\nhost: {self.host}:{self.port}\r\n\r\n".encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        size = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
        if " 200 " not in head.partition("\r\n")[0] or size is None:
            raise RuntimeError(f"{address}: {head.partition(chr(13))[0]}")
        await self._reader.readexactly(int(size[1]))
        return time.perf_counter() - began


async def first(host: str, port: int, asked: Sequence[str]) -> list[float]:
    """The seconds of each address asked for the first time, one after the other."""
    reader = Reader(host, port)
    return [await reader.get(address) for address in asked]


async def many(host: str, port: int, asked: Sequence[str], seconds: float) -> list[float]:
    """The seconds of all answers that fifty readers got, address by address by chance."""
    end = time.perf_counter() + seconds
    found: list[float] = []

    async def read(seed: int) -> None:
        chance, reader = random.Random(seed), Reader(host, port)
        while time.perf_counter() < end:
            found.append(await reader.get(chance.choice(asked)))

    await asyncio.gather(*(read(seed) for seed in range(READERS)))
    return found


def shown(name: str, found: Sequence[float], seconds: float | None = None) -> None:
    """Prints the middle and the 95th of a hundred."""
    ordered = sorted(found)
    p50, p95 = ordered[len(ordered) // 2], ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
    rate = f"{len(found) / seconds:8.0f} a second" if seconds else f"{len(found):8d} asked"
    print(f"{name:<28} p50 {p50 * 1000:8.1f} ms   p95 {p95 * 1000:8.1f} ms   {rate}", flush=True)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--happenings", type=int, default=1_000_000)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--pages", type=int, default=12, help="pages of each kind")
    parser.add_argument("--seconds", type=float, default=SECONDS)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = args.store or Path(folder) / "store"
        began = time.monotonic()
        make(path, args.happenings)
        print(f"store made or found in {time.monotonic() - began:.0f} s", flush=True)
        command = [sys.executable, "-m", "comity.faces.cli", "serve", "--store", str(path), "--port", "0"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ) as server:
            try:
                assert server.stderr is not None
                _measure(server.stderr.readline(), args.pages, args.seconds, server.pid)
            finally:
                server.terminate()


def _measure(said: str, pages: int, seconds: float, pid: int) -> None:
    found = re.search(r"http://[^ ]+", said)
    assert found, said
    where = urlsplit(found[0])
    assert where.hostname and where.port
    asked = addresses(pages)
    began = time.monotonic()
    asyncio.run(first(where.hostname, where.port, ["/"]))
    print(f"the first page after {time.monotonic() - began:.1f} s", flush=True)
    for kind in KINDS:
        shown(f"{kind}, first asked", asyncio.run(first(where.hostname, where.port, asked[kind])))
    for kind in KINDS:
        shown(
            f"{kind}, {READERS} readers",
            asyncio.run(many(where.hostname, where.port, asked[kind], seconds)),
            seconds,
        )
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        peak = re.search(r"VmHWM:\s+(\d+)", status.read_text())
        print(f"peak memory of the server {int(peak[1]) / 1024 if peak else 0:.0f} MiB")


if __name__ == "__main__":
    main()
