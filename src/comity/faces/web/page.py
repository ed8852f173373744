"""What all pages share: reading the address's parameters, and a template to an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from comity.faces.web.access import visitor_of
from comity.faces.web.desk import Desk
from comity.faces.web.parameters import Asked, BadParameters, Parameter, Problem, read_parameters


def asked_by(request: Request, known: Iterable[Parameter]) -> Asked:
    """What the address asks of a view with these parameters. Raises BadParameters."""
    return read_parameters(request.url.path, request.query_params.multi_items(), known)


def expect(asked: Asked, known: Sequence[Parameter]) -> None:
    """Raises BadParameters that names each parameter that is missing."""
    missing = [Problem(p.name, "", "it is missing") for p in known if asked[p.name] is None]
    if missing:
        raise BadParameters(missing, known)


def page(request: Request, desk: Desk, template: str, **context: Any) -> HTMLResponse:
    """A template filled in, with the names that each page's form offers."""
    return HTMLResponse(text_of(request, desk, template, **context).encode("utf-8", "replace"))


def text_of(request: Request, desk: Desk, template: str, **context: Any) -> str:
    """A template filled in, as text."""
    states = sorted(state.name for state in desk.gazetteer.states.values())
    context = {"visitor": visitor_of(request.scope), **context}
    text: str = request.app.state.templates.get_template(template).render(states=states, **context)
    return text
