"""A folder of records to review, and a client that holds the cookie."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from parkfacts import extract
from parkfacts.review.app import create
from parkfacts.review.safety import Keys
from parkfacts.write import write_report

# a sentence severed by a caption, and a paragraph that stands there twice
TEXT = (
    "岚渡高新区：从一片滩涂到产业新城\n\n"
    "2019年3月，岚渡高新技术产业园区开工建设，规划面积12.6平方公里，目前已有企业320余家。去年，全区实现工业总产值86.5亿元，同比增长11.2%。\n\n"
    "2021年9月，由晟拓精工股份有限公司投资3.8亿元的智能装备项目签约落户。今年4月，晟拓精工的项目建成投产，可新增就\n\n"
    "【图为园区一角】\n\n"
    "2019年3月，岚渡高新技术产业园区开工建设，规划面积12.6平方公里，目前已有企业320余家。去年，全区实现工业总产值86.5亿元，同比增长11.2%。\n\n"
    "业岗位400个，年产值超过6亿元。老街坊面馆与瀚海光电科技有限公司同日到访。到2025年底，园区力争建成省级绿色园区。\n"
)
PORT = 8123
KEYS = Keys(port=PORT, token="token-of-the-test", session="session-of-the-test")
ORIGIN = f"http://127.0.0.1:{PORT}"


def outputs(folder: Path, text: str = TEXT, name: str = "page") -> Path:
    write_report(extract(text, reference_date="2023-10-08", ner_model="none"), text, folder / f"{name}.json")
    return folder


def client(folder: Path, reviewer: str = "甲", keys: Keys = KEYS) -> TestClient:
    made = TestClient(create(folder, keys), base_url=ORIGIN, headers={"origin": ORIGIN}, follow_redirects=False)
    made.cookies.set(keys.cookie, keys.session)
    assert made.put("/api/session", json={"reviewer": reviewer}).status_code == 200
    return made


class Page:
    """What a page does, in few words; ``text`` spans are told by their words."""

    def __init__(self, folder: Path, reviewer: str = "甲") -> None:
        self.client = client(folder, reviewer)
        self.id = self.client.get("/api/documents").json()[0]["id"]
        self.get()

    def get(self) -> dict[str, Any]:
        self.document: dict[str, Any] = self.client.get(f"/api/documents/{self.id}").json()
        return self.document

    @property
    def record(self) -> dict[str, Any]:
        record: dict[str, Any] = self.get()["record"]
        return record

    def post(self, what: str, **data: Any) -> Any:
        return self.client.post(f"/api/documents/{self.id}/{what}", json=data)

    def act(self, *acts: dict[str, Any], base: int | None = None) -> dict[str, Any]:
        answer = self.post("acts", base=self.document["version"] if base is None else base, acts=acts)
        assert answer.status_code == 200, answer.text
        self.get()
        told: dict[str, Any] = answer.json()
        return told

    def errors(self, *acts: dict[str, Any]) -> list[dict[str, Any]]:
        answer = self.post("acts", base=self.get()["version"], acts=acts)
        assert answer.status_code == 422, answer.text
        assert self.post("check", base=0, acts=acts).json() == answer.json()
        rows: list[dict[str, Any]] = answer.json()["errors"]
        return rows

    def undo(self, what: str = "undo") -> Any:
        answer = self.post(what, base=self.document["version"])
        self.get()
        return answer

    def fact(self, kind: str, words: str) -> dict[str, Any]:
        names = ("text", "description", "name")
        return next(f for f in self.record[kind] if words == next(f[n] for n in names if n in f))

    def span(self, words: str) -> list[int]:
        at = self.document["text"].index(words)
        return [at, at + len(words)]
