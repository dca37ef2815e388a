"""The review server: thin routes over the desk. ``docs/review.md`` tells its safety."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote, unquote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, Field
from starlette.staticfiles import StaticFiles

from parkfacts.batch.key import rule_version
from parkfacts.errors import ParkfactsError
from parkfacts.facts import Report
from parkfacts.review import events as fold
from parkfacts.review import exchange, gold, views
from parkfacts.review.conflicts import Conflict
from parkfacts.review.desk import Desk, Rejected
from parkfacts.review.listing import Listing
from parkfacts.review.safety import Guard, Keys
from parkfacts.review.shelf import NoDocument, Open, state_of
from parkfacts.review.state import Review
from parkfacts.write import forms
from parkfacts.write.tables import Told

PAGE = Path(__file__).parent / "page"
_REVIEWER = "parkfacts_reviewer"


class Who(BaseModel):
    """Who reviews."""

    reviewer: Annotated[str, Field(min_length=1, max_length=80)]


class Acts(BaseModel):
    """Acts that were made on a version of the document."""

    base: int = 0
    acts: Annotated[list[dict[str, Any]], Field(max_length=2000)]


class Base(BaseModel):
    """The version that the page shows."""

    base: int = 0


class State(BaseModel):
    """What a reviewer says of a document."""

    state: Literal["done", "working"]


def _json(data: object, status: int = 200) -> Response:
    """JSON without a second look at every value."""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return Response(body, status, media_type="application/json")


def reviewer(request: Request) -> str:
    """Who reviews, by the cookie."""
    return unquote(request.cookies.get(_REVIEWER, "")) or "reviewer"


Reviewer = Annotated[str, Depends(reviewer)]


def create(outputs: Path, keys: Keys, gold_folder: Path | None = None, reviewer_name: str = "reviewer") -> FastAPI:
    """The application for one outputs folder. Raises ``WriteError`` where its reviews cannot be kept."""
    desk = Desk(outputs)

    @asynccontextmanager
    async def closing(app: FastAPI) -> Any:
        yield
        desk.close()

    app = FastAPI(title="parkfacts review", docs_url=None, redoc_url=None, openapi_url=None, lifespan=closing)
    app.add_middleware(Guard, keys=keys)
    _errors(app)
    _session(app, reviewer_name)
    _documents(app, desk)
    _deciding(app, desk)
    _leaving(app, desk, gold_folder or outputs / "gold")
    if (PAGE / "index.html").exists():

        @app.get("/")
        def index() -> Response:
            return Response((PAGE / "index.html").read_bytes(), media_type="text/html; charset=utf-8")

        app.mount("/page", StaticFiles(directory=PAGE))
    return app


def _errors(app: FastAPI) -> None:
    @app.exception_handler(NoDocument)
    def missing(request: Request, error: Exception) -> Response:
        return _json({"error": str(error)}, 404)

    @app.exception_handler(Conflict)
    def conflict(request: Request, error: Exception) -> Response:
        assert isinstance(error, Conflict)
        return _json({"conflict": error.rows}, 409)

    @app.exception_handler(Rejected)
    def rejected(request: Request, error: Exception) -> Response:
        assert isinstance(error, Rejected)
        return _json({"errors": error.rows}, 422)

    @app.exception_handler(RequestValidationError)
    def malformed(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        rows = [
            {"act": 0, "field": ".".join(map(str, one["loc"][1:])), "message": {"zh": "请求格式不对", "en": one["msg"]}}
            for one in error.errors()
        ]
        return _json({"errors": rows}, 422)

    @app.exception_handler(ParkfactsError)
    def failed(request: Request, error: Exception) -> Response:
        return _json({"error": str(error)}, 409)


def _session(app: FastAPI, default: str) -> None:
    @app.get("/api/session")
    def session(request: Request) -> Response:
        who = unquote(request.cookies.get(_REVIEWER, "")) or default
        answer = _json({"reviewer": who, "version": version("parkfacts"), "rules": rule_version()})
        answer.set_cookie(_REVIEWER, quote(who), httponly=True, samesite="strict")
        return answer

    @app.put("/api/session")
    def name(who: Who) -> Response:
        answer = _json({"reviewer": who.reviewer, "version": version("parkfacts"), "rules": rule_version()})
        answer.set_cookie(_REVIEWER, quote(who.reviewer), httponly=True, samesite="strict", max_age=365 * 86400)
        return answer


def _documents(app: FastAPI, desk: Desk) -> None:
    listing = Listing(desk)

    @app.get("/api/documents")
    def documents() -> Response:
        return _json(listing.rows())

    @app.get("/api/documents/{id}")
    def document(id: str, who: Reviewer) -> Response:
        return _json(views.document(desk.open(id), who))

    @app.get("/api/documents/{id}/changes")
    def changes(id: str, since: int = 0) -> Response:
        open = desk.open(id)
        by = dict.fromkeys(event.who for event in open.events if event.seq > since)
        return _json({"version": open.review.version, "by": list(by)})

    @app.get("/api/documents/{id}/history")
    def history(id: str) -> Response:
        return _json([fold.told(event) for event in desk.open(id).events])


def _deciding(app: FastAPI, desk: Desk) -> None:
    def told(states: tuple[Review, Open], who: str) -> Response:
        return _json(views.difference(*states, who))

    @app.post("/api/documents/{id}/acts")
    def act(id: str, told_acts: Acts, who: Reviewer) -> Response:
        return told(desk.act(id, who, told_acts.base, told_acts.acts), who)

    @app.post("/api/documents/{id}/check")
    def check(id: str, told_acts: Acts) -> Response:
        return _json({"errors": desk.check(id, told_acts.acts)})

    @app.post("/api/documents/{id}/undo")
    def undo(id: str, base: Base, who: Reviewer) -> Response:
        return told(desk.undo(id, who), who)

    @app.post("/api/documents/{id}/redo")
    def redo(id: str, base: Base, who: Reviewer) -> Response:
        return told(desk.redo(id, who), who)

    @app.post("/api/documents/{id}/state")
    def state(id: str, wanted: State, who: Reviewer) -> Response:
        open = desk.set_state(id, who, wanted.state)
        return _json({"version": open.review.version, "state": state_of(open.events)})


def _leaving(app: FastAPI, desk: Desk, gold_folder: Path) -> None:
    @app.post("/api/documents/{id}/gold")
    def promote(id: str) -> Response:
        open = desk.open(id)
        if state_of(open.events) != "done":
            return _json({"error": "the document is not marked as done", "reason": "not_done"}, 409)
        path = gold.add(open.entry.name, open.review.record(), open.review.extraction.text, gold_folder)
        return _json({"path": path.as_posix()})

    @app.get("/api/documents/{id}/export")
    def export(id: str, to: str) -> Response:
        if to not in forms.FORMS and to not in exchange.FORMS:
            return _json({"error": f"no form {to[:40]!r}: {', '.join([*forms.FORMS, *exchange.FORMS])}"}, 404)
        open = desk.open(id)
        text = open.review.extraction.text
        report = Report.model_validate(open.review.record(), context={"text": text})
        data, suffix = _written(Told(open.entry.name, report, text), to)
        name = quote(f"{gold.place_of(open.entry.name)}.{suffix}")
        head = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
        return Response(data, media_type="application/octet-stream", headers=head)


_SUFFIXES = {"w3c": "w3c.json", "labelstudio": "zip", "doccano": "jsonl", "docbin": "spacy", "brat": "zip"}


def _written(told: Told, to: str) -> tuple[bytes, str]:
    """A record in a form, and the suffix of its file; what makes a folder is a zip."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        records: Iterator[Told] = iter([told])
        if to in forms.FORMS:
            forms.export(records, to, out)
        else:
            exchange.export(records, to, out)
        if out.is_dir():
            return _packed(out), f"{to}.zip"
        return out.read_bytes(), _SUFFIXES.get(to, to)


def _packed(folder: Path) -> bytes:
    """The files of a folder as a ZIP, which tells no time of its making: the same files give the same bytes."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                packed.writestr(ZipInfo(file.relative_to(folder).as_posix()), file.read_bytes(), ZIP_DEFLATED)
    return out.getvalue()
