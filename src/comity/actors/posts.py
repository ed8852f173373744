"""What post an office is, whatever its name: head of state or government, foreign or defence minister, ..."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

__all__ = ["POSTS", "Post", "post_of"]

Post = Literal[
    "head of state", "head of government", "foreign minister", "defence minister", "spokesperson",
    "ambassador to the United Nations", "head of an organisation",
]  # fmt: skip
POSTS: tuple[Post, ...] = (
    "head of state", "head of government", "foreign minister", "defence minister", "spokesperson",
    "ambassador to the United Nations", "head of an organisation",
)  # fmt: skip

_LESSER = re.compile(
    r"\b(deputy|vice|assistant|under|first lady|former|shadow|junior|chairman of the joint|of state for|"
    r"parliamentary|delegate|member|candidate|advis[eo]r|minister of state|president[- ]elect|pro tempore|trade|"
    r"materiel|(defence|defense) (production|industr(y|ies)|equipment|science|and space|personnel|procurement))\b",
    re.I,
)
_NO_HEAD = re.compile(
    r"\b(senate|court|chamber|national|house|council|assembly|bank|parliament|storting|congress|board|commission|"
    r"province|region|canton|legislative|authority|committee|academy|union|party|association|tribunal|treasury)\b",
    re.I,
)
_HEADS: tuple[tuple[Post, re.Pattern[str]], ...] = (
    ("head of government", re.compile(
        r"^(acting |interim |caretaker |transitional |federal )*"
        r"(prime minister|premier|chancellor|taoiseach|head of government)\b(?! of (the )?(exchequer|justice|duchy))",
        re.I)),
    ("head of state", re.compile(
        r"^(acting |interim |transitional |federal |state )*(president|king|queen|emir|amir|sultan|emperor|pope|"
        r"head of state|chief of state|supreme leader|monarch|grand duke|prince|sovereign prince)\b", re.I)),
)  # fmt: skip
_OTHERS: tuple[tuple[Post, re.Pattern[str]], ...] = (
    ("ambassador to the United Nations", re.compile(
        r"(ambassador|representative) to the (united nations|un)(?! (agencies|organi[sz]ations|at|in)\b)\b", re.I)),
    ("spokesperson", re.compile(r"\bspokes(man|woman|person)\b|\bpress secretary\b", re.I)),
    ("foreign minister", re.compile(
        r"^(federal |acting |interim |union |state )*(minister (of|for) (the )?(european and |europe and )?"
        r"(foreign|external)( and european)?( affairs| relations|$)|foreign (affairs )?minister|foreign secretary|"
        r"secretary of (foreign|external) (affairs|relations)|(united states )?secretary of state$)", re.I)),
    ("defence minister", re.compile(
        r"^(federal |acting |interim |union |state )*(minister (of|for) (the )?(national )?(defen[cs]e|armed forces)|"
        r"(national )?defen[cs]e (minister|secretary)|(united states )?secretary of (national )?defen[cs]e|secretary of war)",
        re.I)),
    ("head of an organisation", re.compile(
        r"^(acting |interim )*(secretary[- ]general|director[- ]general|executive director|high representative|"
        r"managing director|president of the european (commission|council)|chairperson|chief executive)\b", re.I)),
)  # fmt: skip


@lru_cache(maxsize=20_000)
def post_of(office: str) -> Post | None:
    """The post that an office's name tells of; None for a deputy's, a parliament's, or any other.

    >>> post_of("Minister for Foreign Affairs"), post_of("Deputy Foreign Minister")
    ('foreign minister', None)
    """
    if _LESSER.search(office):
        return None
    found = next((post for post, words in _OTHERS if words.search(office)), None)
    if found is None and not _NO_HEAD.search(office):
        found = next((post for post, words in _HEADS if words.search(office)), None)
    return found
