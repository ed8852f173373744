from __future__ import annotations

import hashlib
import http.server
import io
import threading
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.records.formats.samples import gdelt_row, tabs

from comity.errors import Refusal, SourceError
from comity.records import Store
from comity.records.formats import Taken, gdelt
from comity.run.downloads import Fetching, files_listed
from comity.run.exchange import import_sources


def packed(*rows: dict[str, object]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.CSV", tabs(gdelt.HEADER, rows, headed=False))
    return data.getvalue()


class Server:
    """A list of two files of events and one of something else; `broken` answers are cut, then right."""

    def __init__(self) -> None:
        self.files = {
            "/v2/20220301000000.export.CSV.zip": packed(gdelt_row(1)),
            "/v2/20220302000000.export.CSV.zip": packed(gdelt_row(2)),
            "/v2/20220302000000.gkg.csv.zip": b"else",
        }
        self.asked: list[str] = []
        self.broken = 0
        self.url = ""

    def listed(self) -> str:
        return "".join(
            f"{len(data)} {hashlib.md5(data).hexdigest()} {self.url}{path}\n"
            for path, data in self.files.items()
        )

    def answer(self, path: str) -> tuple[int, bytes]:
        self.asked.append(path)
        if path.endswith("masterfilelist.txt"):
            return 200, self.listed().encode()
        if path not in self.files:
            return 404, b""
        if self.broken:
            self.broken -= 1
            return (503, b"") if self.broken % 2 else (200, self.files[path][:-3])
        return 200, self.files[path]


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, data = state.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            pass

    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{running.server_port}"
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield state
    running.shutdown()
    thread.join()
    running.server_close()


def test_a_list_is_fetched_with_checksums_and_once(server: Server, tmp_path: Path) -> None:
    waits: list[float] = []
    how = Fetching(wait=waits.append)
    server.broken = 3
    done = list(
        import_sources("gdelt", [f"{server.url}/v2/masterfilelist.txt"], tmp_path / "s", fetching=how)
    )
    assert [one.stored for one in done if isinstance(one, Taken)] == [1, 1]
    assert waits == [1.0, 2.0, 4.0]
    assert len(Store.open(tmp_path / "s").impulses()) == 2
    server.asked.clear()
    again = list(
        import_sources("gdelt", [f"{server.url}/v2/masterfilelist.txt"], tmp_path / "s", fetching=how)
    )
    assert [str(one) for one in again] == ["imported before, passed over"] * 2
    assert server.asked == ["/v2/masterfilelist.txt"]


def test_days_of_a_list(server: Server, tmp_path: Path) -> None:
    days = (date(2022, 3, 2), None)
    done = list(import_sources("gdelt", [f"{server.url}/v2/masterfilelist.txt"], tmp_path / "s", days=days))
    assert [one.file.rpartition("/")[2] for one in done if isinstance(one, Taken)] == [
        "20220302000000.export.CSV.zip"
    ]


def test_what_never_comes_whole_is_refused_and_the_rest_is_taken(server: Server, tmp_path: Path) -> None:
    server.broken = 4
    how = Fetching(wait=lambda seconds: None)
    one, two = import_sources("gdelt", [f"{server.url}/v2/masterfilelist.txt"], tmp_path / "s", fetching=how)
    assert isinstance(one, Refusal) and "4 times; try again later" in one.reason
    assert isinstance(two, Taken) and two.stored == 1
    with pytest.raises(SourceError, match="answered 404; check the URL"):
        list(import_sources("gdelt", [f"{server.url}/none.zip"], tmp_path / "s"))


def test_lists_in_three_forms_and_none_of_another_host() -> None:
    at = "http://data.example.org/events/md5sums"
    digest = "a" * 32
    text = f"{digest}  20130401.export.CSV.zip\n12 {digest} http://data.example.org/x.export.CSV.zip\nhttp://data.example.org/y.mentions.CSV.zip\n"
    found = files_listed(text, at)
    assert [(f.url.rpartition("/")[2], f.md5, f.size) for f in found] == [
        ("20130401.export.CSV.zip", digest, None), ("x.export.CSV.zip", digest, 12), ("y.mentions.CSV.zip", None, None),
    ]  # fmt: skip
    assert found[0].day == date(2013, 4, 1)
    with pytest.raises(SourceError, match="on another host"):
        files_listed("http://169.254.169.254/a.export.CSV.zip\n", at)


def test_a_folder_with_all_that_it_holds(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "b.zip").write_bytes(packed(gdelt_row(2)))
    (tmp_path / "in" / "a.CSV").write_text(tabs(gdelt.HEADER, [gdelt_row(1)], headed=False))
    (tmp_path / "in" / "c.csv").write_text("nothing,known\n")
    done = list(import_sources("gdelt", [tmp_path / "in"], tmp_path / "s"))
    assert [one.stored for one in done if isinstance(one, Taken)] == [1, 1]
    assert isinstance(done[1], Refusal) or isinstance(done[2], Refusal)
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match="holds no file"):
        list(import_sources("gdelt", [tmp_path / "empty"], tmp_path / "s"))
