"""The review server's routes, by its OpenAPI: whatever is asked, the answer is one, and never a fault of the server."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error

from fuzz.target import Target
from fuzz.targets._records import TEXT, folder, record
from parkfacts.review.app import create
from parkfacts.write import write_report
from review_folder import KEYS, ORIGIN


@cache
def _app() -> Any:
    out = folder() / "api"
    out.mkdir()
    write_report(record(), TEXT, out / "page.json")
    return create(out, KEYS, out / "gold")


def _operations() -> Any:
    """Cases of every route, each as often as any other."""
    schema = schemathesis.openapi.from_dict(_app().openapi())
    return st.one_of(*(found.ok().as_strategy() for found in schema.get_all_operations()))


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(case=st.deferred(_operations), known=st.booleans())
def holds(case: Any, known: bool) -> None:
    """Asked with the cookie and the origin that the server wants, half of the time for a document that is there."""
    if known and "id" in (case.path_parameters or {}):
        case.path_parameters["id"] = "page"
    cookies = {KEYS.cookie: KEYS.session}
    answer = case.call(base_url=ORIGIN, app=_app(), headers={"origin": ORIGIN}, cookies=cookies)
    case.validate_response(answer, checks=[not_a_server_error])
    assert answer.status_code != 403, "the server did not take its own key"


def seeds() -> list[bytes]:
    """Choices at random: that is what hypothesis makes its cases of."""
    return [random.Random(number).randbytes(4000) for number in range(40)]


TARGET = Target("api", lambda data: holds.hypothesis.fuzz_one_input(data), seeds)
