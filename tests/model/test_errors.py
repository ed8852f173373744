"""The error tree and the refusal, which stand below the nouns."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from comity import errors
from comity.errors import ComityError, NotAStore, Refusal, SourceError, StoreError, UnknownActor, UsageError


def test_every_error_is_a_comity_error() -> None:
    kinds = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, Exception)]
    assert len(kinds) >= 9
    assert all(issubclass(kind, ComityError) for kind in kinds)
    assert not issubclass(StoreError, UsageError)
    assert issubclass(UnknownActor, UsageError)
    assert issubclass(NotAStore, StoreError)


def test_the_tree_at_the_top_of_the_file_names_them_all() -> None:
    kinds = [n for n, e in vars(errors).items() if isinstance(e, type) and issubclass(e, Exception)]
    assert all(name in (errors.__doc__ or "") for name in kinds)


def test_a_source_error_has_a_code() -> None:
    error = SourceError("page.html: no text", code="empty")
    assert (str(error), error.code) == ("page.html: no text", "empty")


def test_a_refusal_says_where() -> None:
    assert str(Refusal("a.jsonl", "json", "mend it", 7)) == "a.jsonl:7: mend it [json]"
    assert str(Refusal("a.pdf", "pdf", "convert it")) == "a.pdf: convert it [pdf]"
    assert Refusal("a.pdf", "pdf", "convert it").to_dict() == {
        "source": "a.pdf", "line": None, "code": "pdf", "reason": "convert it",
    }  # fmt: skip
    with pytest.raises(FrozenInstanceError):
        Refusal("a", "b", "c").code = "d"  # type: ignore[misc]
