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
    r"\b(deputy|vice|assistant|under|first lady|former|shadow|junior|chairman of the joint|president of the (senate|"
    r"court|chamber|national|house|council of (ministers'|state')|federal (court|assembly)|supreme|parliament|assembly|"
    r"bank|supreme court)|of state for|parliamentary|delegate|member|candidate|adviser|advisor|chief of staff to|"
    r"minister of state|president[- ]elect|(co|pro)[- ]?tempore)\b",
    re.I,
)
_WORDS: tuple[tuple[Post, re.Pattern[str]], ...] = (
    ("ambassador to the United Nations", re.compile(r"(ambassador|representative) to the (united nations|un)\b", re.I)),
    ("spokesperson", re.compile(r"\bspokes(man|woman|person)\b|\bpress secretary\b", re.I)),
    ("foreign minister", re.compile(
        r"^(federal |acting |interim |union |prime minister and )*(minister (of|for) (european and |europe and )?(foreign|external)|"
        r"foreign (affairs )?minister|foreign secretary|secretary of state$|secretary of foreign|"
        r"united states secretary of state|minister of external)", re.I)),
    ("defence minister", re.compile(
        r"^(federal |acting |interim |union )*(minister (of|for) (national |the )?(defen|armed forces)|"
        r"(national )?defen[cs]e (minister|secretary)|secretary of (national )?defen|secretary of war|"
        r"united states secretary of defen)", re.I)),
    ("head of government", re.compile(
        r"^(acting |interim |caretaker |transitional |federal )*(prime minister|premier|chancellor|taoiseach|head of government)\b(?! of (the )?(exchequer|justice))",
        re.I)),
    ("head of state", re.compile(
        r"^(acting |interim |transitional |federal |state )*(president|king|queen|emir|amir|sultan|emperor|pope|"
        r"head of state|chief of state|supreme leader|monarch|grand duke|prince|sovereign prince)\b"
        r"(?! of the (council|board|commission))", re.I)),
    ("head of an organisation", re.compile(
        r"^(acting |interim )*(secretary[- ]general|director[- ]general|executive director|high representative|"
        r"managing director|president of the (european )?(commission|council)|chairperson|chief executive)\b", re.I)),
)  # fmt: skip


@lru_cache(maxsize=20_000)
def post_of(office: str) -> Post | None:
    """The post that an office's name tells of; None for a deputy's, a parliament's, or any other.

    >>> post_of("Minister for Foreign Affairs"), post_of("Deputy Foreign Minister")
    ('foreign minister', None)
    """
    if _LESSER.search(office):
        return None
    return next((post for post, words in _WORDS if words.search(office)), None)
