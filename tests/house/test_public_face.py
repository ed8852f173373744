"""The library as one meets it: every name there, told of and typed; the nouns frozen; the events in a data frame."""

from __future__ import annotations

import inspect
import typing
from dataclasses import FrozenInstanceError, fields, is_dataclass
from pathlib import Path
from types import ModuleType

import pytest
import typer.main

import comity
from comity.errors import ComityError
from comity.faces.cli import app
from comity.model.wire import document_from_dict, event_from_dict
from comity.records.results import COLUMNS

TEXT = "Russia rejected Ukraine's offer of talks. Poland condemned Russia on Monday."
NAMES = [name for name in comity.__all__ if name != "__version__"]
VERBS = [name for name in NAMES if name[0].islower()]
NOUNS = [name for name in NAMES if is_dataclass(getattr(comity, name))]
OTHERWISE = {"load": "import"}
"""Verbs whose command has another name, since Python keeps that word for itself."""


def test_every_name_is_there_once() -> None:
    assert len(set(comity.__all__)) == len(comity.__all__)
    for name in comity.__all__:
        assert hasattr(comity, name)
        assert not isinstance(getattr(comity, name), ModuleType), name


def test_nothing_else_is_public() -> None:
    rooms = {path.stem for path in Path(comity.__file__).parent.iterdir()}
    shown = {name for name in vars(comity) if not name.startswith("_")}
    assert shown - set(comity.__all__) <= rooms


def test_the_verb_stands_before_the_room_of_its_name() -> None:
    from comity.read import read as room_read

    assert callable(comity.read)
    assert callable(comity.events)
    assert callable(room_read)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_told_of(name: str) -> None:
    doc = inspect.getdoc(getattr(comity, name)) or ""
    assert doc.strip()
    first = doc.splitlines()[0]
    assert first == first.strip()
    assert len(first) > 15


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_is_typed_and_has_keywords(name: str) -> None:
    verb = getattr(comity, name)
    hints = typing.get_type_hints(verb)
    parameters = inspect.signature(verb).parameters
    assert set(hints) == {*parameters, "return"}
    positional = [p for p in parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert len(positional) <= 2


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_has_a_command_or_opens_one_s_store(name: str) -> None:
    commands = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    assert name == "open" or OTHERWISE.get(name, name) in commands


@pytest.mark.parametrize(
    "name",
    [
        "add",
        "blocs",
        "brief",
        "closeness",
        "code",
        "events",
        "forecast",
        "isolation",
        "turned",
        "turning",
        "who",
    ],
)
def test_options_have_the_same_names(name: str) -> None:
    command = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    options = {o.lstrip("-").replace("-", "_") for p in command.params for o in p.opts}
    renamed = {"fields": "field", "include_uncertain": "all", "from_": "from"}
    for parameter in inspect.signature(getattr(comity, name)).parameters:
        assert renamed.get(parameter, parameter) in options, parameter


@pytest.mark.parametrize("name", [n for n in NAMES if n[0].isupper() and n not in NOUNS])
def test_what_is_no_noun_is_an_error(name: str) -> None:
    assert issubclass(getattr(comity, name), ComityError)


@pytest.mark.parametrize("name", NOUNS)
def test_nouns_are_frozen_slotted_and_typed(name: str) -> None:
    noun = getattr(comity, name)
    assert noun.__dataclass_params__.frozen
    assert "__slots__" in vars(noun)
    assert set(typing.get_type_hints(noun)) >= {field.name for field in fields(noun)}


def test_the_types_are_shipped() -> None:
    assert (Path(comity.__file__).parent / "py.typed").exists()


@pytest.fixture(scope="module")
def events() -> list[comity.Event]:
    return list(comity.code(TEXT, published="2022-03-01", include_uncertain=True))


def test_events_are_read_field_by_field(events: list[comity.Event]) -> None:
    assert events
    types = {kind.name for kind in comity.types()}
    for event in events:
        assert event.type in types
        assert event.actor
        assert isinstance(event.actor[0], comity.Party)
        assert isinstance(event.evidence, comity.Evidence)
        assert TEXT[event.evidence.start : event.evidence.end] == event.evidence.text
        assert event.evidence.text.strip()
        assert 0 <= event.confidence <= 1
        assert event.reason
        with pytest.raises(FrozenInstanceError):
            event.type = "AID"  # type: ignore[misc]
    assert "RUS > UKR REJECT" in str(events[0])


def test_nouns_come_back_from_the_wire(events: list[comity.Event]) -> None:
    for event in events:
        back = event_from_dict(event.to_dict())
        assert back.to_dict() == event.to_dict()
        assert back.id == event.id
    (document,) = comity.read(TEXT, published="2022-03-01")
    assert document_from_dict(document.to_dict()) == document


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("face") / "store"
    comity.add(TEXT, store=path, published="2022-03-01")
    return path


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_events_in_a_data_frame(store: Path, library: str) -> None:
    pytest.importorskip(library)
    found = comity.open(store).events()
    frame = found.df(library)
    assert type(frame).__module__.startswith(library)
    assert list(frame.columns) == list(COLUMNS)
    assert len(frame) == len(found) > 0
    assert set(frame["type"]) == {event.type for event in found}
    assert "RUS" in set(frame["actor"]) | set(frame["recipient"])
    assert type(found.df()).__module__.split(".")[0] in ("pandas", "polars")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_an_empty_frame_has_its_columns(tmp_path: Path, library: str) -> None:
    pytest.importorskip(library)
    frame = comity.open(tmp_path / "s", create=True).events().df(library)
    assert list(frame.columns) == list(COLUMNS)
    assert len(frame) == 0


def test_events_in_arrow(store: Path) -> None:
    pytest.importorskip("pyarrow")
    table = comity.open(store).events().arrow()
    assert table.column_names == list(COLUMNS)
    assert table.num_rows == len(comity.open(store).events())


def test_events_print_in_a_terminal_and_a_notebook(store: Path) -> None:
    found = comity.open(store).events()
    assert repr(found).startswith(f"{len(found)} event")
    assert found._repr_html_().startswith("<table>")
