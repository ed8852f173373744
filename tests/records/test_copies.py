from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from comity.records.copies import Groups, likeness, signature, similar

TEXT = " ".join(f"word{n} and word{n * 7 % 31}" for n in range(60))


def test_a_text_is_like_itself_and_unlike_another() -> None:
    assert likeness(signature(TEXT), signature(TEXT.upper() + "!")) == 1.0
    assert likeness(signature(TEXT), signature("other " + TEXT[::-1])) < 0.1
    assert likeness(signature(""), signature("")) == 1.0


def test_the_estimate_is_near_the_truth() -> None:
    words = TEXT.split()
    half = " ".join(words[:90])
    assert 0.3 < likeness(signature(TEXT), signature(half)) < 0.7


def test_many_copies_among_many_others_are_found() -> None:
    texts = [f"{n} {n * n} {n + 3} {TEXT[n * 9 :]}" for n in range(40)]
    others = [" ".join(f"w{n}x{k}" for k in range(50)) for n in range(40)]
    copies = [text + " the end" for text in others]
    pairs = similar([signature(text) for text in texts + others + copies], threshold=0.6)
    assert {(n, n + 40) for n in range(40, 80)} <= set(pairs)
    assert not [pair for pair in pairs if pair[0] < 40 <= pair[1]]


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19))))
def test_groups_are_named_by_their_smallest(pairs: list[tuple[int, int]]) -> None:
    groups = Groups(20)
    for a, b in pairs:
        groups.join(a, b)
    names = [groups.find(n) for n in range(20)]
    assert all(groups.find(a) == groups.find(b) for a, b in pairs)
    assert all(name == min(n for n in range(20) if names[n] == name) for name in names)
