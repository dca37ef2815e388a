"""The acts of a review: whatever the page sends is done or refused, and the reviewed record stays a valid one."""

from __future__ import annotations

import json
import shutil
from functools import cache

from fuzz.mutate import of_json
from fuzz.target import Target
from fuzz.targets._records import TEXT, folder, record
from parkfacts.facts import Report
from parkfacts.write import write_report
from review_folder import Page

ANSWERS = (200, 400, 404, 409, 422)  # 400: no JSON
_MOST = 400  # acts on one folder, which is made anew then
_done = 0


@cache
def _page(number: int) -> Page:
    out = folder() / f"review-{number}"
    shutil.rmtree(folder() / f"review-{number - 1}", ignore_errors=True)
    out.mkdir()
    write_report(record(), TEXT, out / "page.json")
    return Page(out)


def one(data: bytes) -> None:
    global _done
    _done += 1
    page = _page(_done // _MOST)
    for what in ("check", "acts"):
        head = {"content-type": "application/json"}
        answer = page.client.post(f"/api/documents/{page.id}/{what}", content=data, headers=head)
        assert answer.status_code in ANSWERS, answer.text
        answer.json()
    Report.model_validate_json(json.dumps(page.record), context={"text": TEXT})
    if _done % 3 == 0:
        assert page.undo().status_code in ANSWERS


def seeds() -> list[bytes]:
    report = record()
    date, amount, company = report.dates[0], report.amounts[0], report.companies[0]
    acts = (
        [{"act": "accept", "fact": date.id}, {"act": "reject", "fact": amount.id}, {"act": "reopen", "fact": date.id}],
        [{"act": "accept_all", "facts": [date.id, amount.id]}],
        [
            {
                "act": "edit",
                "fact": amount.id,
                "fields": {"value": "12.5", "unit": "CNY", "dimension": "money", "as_of": date.id},
            }
        ],
        [
            {
                "act": "edit",
                "fact": date.id,
                "fields": {"start": "2020-01-01", "end": "2020-12-31", "edtf": "2020", "kind": "date"},
            }
        ],
        [
            {
                "act": "edit",
                "fact": report.milestones[0].id,
                "fields": {"date": date.id, "type": "launch", "companies": [company.id]},
            }
        ],
        [
            {"act": "resize", "fact": date.id, "mention": None, "spans": [[18, 25]]},
            {"act": "resize", "fact": company.id, "mention": 0, "spans": []},
        ],
        [
            {"act": "add", "kind": "companies", "spans": [[30, 40]], "fields": {}},
            {"act": "add", "kind": "amounts", "spans": [[50, 60]], "fields": {}},
        ],
        [
            {"act": "merge", "into": company.id, "facts": [report.companies[-1].id]},
            {"act": "split", "fact": company.id, "mentions": [0], "name": "甲"},
        ],
        [{"act": "layout", "unjoin": ["b03", "b06"]}],
        [{"act": "layout", "unduplicate": ["b05"]}, {"act": "layout", "join": ["b01", "b02"]}],
    )
    return [json.dumps({"base": 0, "acts": row}).encode() for row in acts]


TARGET = Target("review", one, seeds, of_json)
