"""Showing the token and one's name, and leaving again."""

from __future__ import annotations

from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from comity.faces.web.access import COOKIE, SECONDS, Access, own_path, read_name, visitor_of
from comity.faces.web.desk import Desk
from comity.faces.web.guard import Refused
from comity.faces.web.page import page

MOST_FIELDS = 100
UNSTORED = {"cache-control": "no-store"}
"""For answers that depend on more than the store: nobody keeps them."""


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form, of two with one name the last. Raises Refused for anything but a form."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Refused(
            415, "not_a_form", f"expected a form (application/x-www-form-urlencoded), got {kind or 'nothing'}"
        )
    body = await request.body()
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise Refused(400, "bad_form", f"the form can't be read ({error})") from error
    return dict(fields)


def expect_writer(request: Request, form: dict[str, str]) -> str:
    """The name of who writes. Raises Refused where the server doesn't let write, he didn't show the token, or the form
    isn't one of ours."""
    access: Access = request.scope["comity.access"]
    if not access.write:
        raise Refused(
            403, "read_only", "this server only reads; start it with: comity serve --write --store STORE"
        )
    who = visitor_of(request.scope).who
    if who is None:
        raise Refused(401, "token_needed", "whoever writes shows the token first, at /enter")
    if not access.is_form_key(request.scope["comity.session"], form.get("key", "")):
        raise Refused(
            403, "other_site", "the form is not one of this session; load the page again and send it anew"
        )
    return who


def router(desk: Desk) -> APIRouter:
    """The routes of entering and leaving."""
    routes = APIRouter(default_response_class=HTMLResponse)

    @routes.get("/enter")
    def enter(request: Request) -> Response:
        back = own_path(request.query_params.get("next", "/"))
        answer = page(request, desk, "enter.html", next=back, problem=None, name="")
        answer.headers.update(UNSTORED)
        return answer

    @routes.post("/enter")
    async def entered(request: Request) -> Response:
        access: Access = request.scope["comity.access"]
        form = await read_form(request)
        back = own_path(form.get("next", "/"))
        problem = None
        if not access.knows(form.get("token", "").strip()):
            problem = "That isn't the token. It stands in the terminal that serves the store."
        try:
            name = read_name(form.get("name", ""))
        except ValueError as error:
            problem, name = problem or f"{error}.", ""
        if problem:
            answer = page(request, desk, "enter.html", next=back, problem=problem, name=form.get("name", ""))
            answer.status_code = 403
            answer.headers.update(UNSTORED)
            return answer
        done = RedirectResponse(back, 303, headers=UNSTORED)
        done.set_cookie(COOKIE, access.session(name), max_age=SECONDS, httponly=True, samesite="strict")
        return done

    @routes.post("/leave")
    def leave() -> Response:
        done = RedirectResponse("/", 303, headers=UNSTORED)
        done.delete_cookie(COOKIE)
        return done

    return routes
