"""What the API answers: the page at `/api/docs`, and which verb of the command line stands where."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse

from comity.faces.web.desk import Desk
from comity.faces.web.page import page

SERVED = {
    "add": "/add", "agreement": "/agreement", "blocs": "/blocs", "brief": "/brief/{a}/{b}", "closeness": "/closeness/{a}/{b}",
    "code": "/code", "correct": "/correct", "corrections": "/corrections", "coverage": "/coverage", "dates": "/dates",
    "events": "/events", "export": "/export/{format}", "forecast": "/forecast/{a}/{b}", "turned": "/turned/{a}", "imports": "/imports", "isolation": "/isolation/{a}",
    "join": "/join", "pairs": "/pairs", "publishers": "/publishers", "read": "/read", "reject": "/reject",
    "split": "/split", "store info": "/store/info", "tellers": "/tellers", "turning": "/turning", "types": "/types",
    "undo": "/undo", "versions": "/versions", "who": "/who",
}  # fmt: skip
"""The address below `/api` of each verb that is served."""
NOT_SERVED = {
    "actors check": "it reads a file of the machine that serves",
    "actors refresh": "it writes a file of the machine that serves",
    "bundle": "it writes a folder; /api/export gives the data",
    "demo": "it makes a store of its own",
    "import": "it reads files of the machine that serves, for minutes",
    "recode": "it codes all reports anew, for hours",
    "serve": "it is what answers",
    "train": "it reads a file of examples and fits weights; /review/examples gives such a file",
    "watch": "it runs by itself beside the server",
}
"""Verbs that have no address, and why."""


def add_routes(routes: APIRouter, desk: Desk) -> None:
    """The page that tells what the API answers."""

    @routes.get("/api/docs")
    def docs(request: Request) -> HTMLResponse:
        described = request.app.openapi()
        listed = [
            (path, method, operation)
            for path, methods in sorted(described["paths"].items())
            for method, operation in sorted(methods.items())
        ]
        return page(request, desk, "api.html", described=described, listed=listed, not_served=NOT_SERVED)


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with how the token is shown."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        schemes = made.setdefault("components", {}).setdefault("securitySchemes", {})
        schemes["token"] = {
            "type": "http",
            "scheme": "bearer",
            "description": "the token of the terminal that serves",
        }
        app.openapi_schema = made
    return app.openapi_schema
