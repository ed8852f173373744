"""Who may read and write: one token for a server, sessions signed with it, forms that only our pages can send."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

COOKIE = "comity"
SECONDS = 30 * 24 * 3600
"""How long a browser keeps a session."""
LONGEST_NAME = 60


def new_token() -> str:
    """A token that nobody guesses: 192 bits, safe in an address."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True)
class Access:
    """What a server lets one do. By default anybody who reaches it reads, and nobody writes.

    `closed`: reading needs the token too. `write`: who shows the token may write. `fetch`: URLs that are pasted are
    fetched. A session is a name signed with the token, so it outlives a restart with the same token.
    """

    token: str = field(default_factory=new_token, repr=False)
    closed: bool = False
    write: bool = False
    fetch: bool = True

    def _signed(self, purpose: str, text: str) -> str:
        return hmac.new(self.token.encode(), f"{purpose}|{text}".encode(), hashlib.sha256).hexdigest()

    def knows(self, token: str) -> bool:
        """Whether this is the token, in a time that doesn't tell how much of it is right."""
        return hmac.compare_digest(token.encode(), self.token.encode())

    def bearer(self, header: str) -> bool:
        """Whether an Authorization header shows the token."""
        kind, _, token = header.partition(" ")
        return kind.lower() == "bearer" and self.knows(token.strip())

    def session(self, name: str) -> str:
        """The cookie of a person of this name."""
        text = base64.urlsafe_b64encode(name.encode()).decode().rstrip("=")
        return f"{text}.{self._signed('session', text)}"

    def who(self, cookie: str | None) -> str | None:
        """The name that a cookie was signed for; None for none and for any other."""
        text, _, signature = (cookie or "").partition(".")
        if not text or not hmac.compare_digest(
            signature.encode("utf-8", "replace"), self._signed("session", text).encode()
        ):
            return None
        try:
            return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
        except (binascii.Error, UnicodeDecodeError):
            return None

    def form_key(self, cookie: str | None) -> str:
        """What a form of this session must send along, so that no other site can send it."""
        return self._signed("form", cookie or "")

    def is_form_key(self, cookie: str | None, given: str) -> bool:
        """Whether a form was made for this session."""
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.form_key(cookie).encode())


def read_name(text: str) -> str:
    """A person's name as it is kept: one line, blanks trimmed. Raises ValueError for none and for one too long."""
    name = " ".join(text.split())
    if not name or not name.isprintable():
        raise ValueError("a name is needed, so that colleagues see who said what")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"a name has at most {LONGEST_NAME} characters, got {len(name)}")
    return name


def own_path(text: str) -> str:
    """An address on this server to go back to: the text if it is one, else the start."""
    plain = text.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable()
    return text if plain and "\\" not in text else "/"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: a name where he has shown the token, what he may do, and the key that his forms send along."""

    who: str | None
    may_write: bool
    may_fetch: bool
    writable: bool
    form_key: str
    closed: bool = False


def visitor_of(scope: Mapping[str, Any]) -> Visitor:
    """Who asks, as the gate found out."""
    access: Access = scope["comity.access"]
    who, session = scope["comity.who"], scope["comity.session"]
    known = who is not None
    return Visitor(
        who, access.write and known, access.fetch, access.write, access.form_key(session), access.closed
    )
