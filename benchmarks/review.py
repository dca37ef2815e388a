"""How long the review server takes with a document of 200,000 characters and 2,000 facts: to open it, and to act.

    python benchmarks/review.py [--characters N]

Over real HTTP on this machine. The goals: open under 500 ms, an act under 20 ms (median).
"""

from __future__ import annotations

import argparse
import random
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import uvicorn

from parkfacts import extract
from parkfacts.review.app import create
from parkfacts.review.safety import Keys
from parkfacts.write import write_report

FACTS = 2000
_PLAIN = "干部职工走村入户听取意见，梳理问题清单，明确责任分工，推动各项工作落细落实，群众的获得感不断增强。"


def document(characters: int) -> str:
    """Paragraphs with some 2,000 facts, filled up with plain sentences."""
    draw = random.Random(1)
    fact_lines = [
        f"{2005 + n % 18}年{1 + n % 12}月，{draw.choice('东西南北中')}{draw.choice('川岭湖湾溪')}"
        f"{draw.choice('恒盛宏昌泰')}"
        f"{draw.choice('达远成信和')}机械有限公司投资{draw.randint(11, 999) / 10}亿元的项目开工建设。"
        for n in range(FACTS * 37 // 100)
    ]
    fill = max(1, (characters // len(fact_lines) - len(fact_lines[0])) // len(_PLAIN))
    return "\n\n".join(line + _PLAIN[: len(_PLAIN)] * fill for line in fact_lines)


@contextmanager
def served(folder: Path) -> Iterator[httpx.Client]:
    """A client of a server that was just started."""
    keys = Keys(port=8765)
    server = uvicorn.Server(uvicorn.Config(create(folder, keys), port=keys.port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    origin = f"http://127.0.0.1:{keys.port}"
    with httpx.Client(base_url=origin, headers={"origin": origin}, timeout=60) as client:
        client.cookies.set(keys.cookie, keys.session)
        yield client
    server.should_exit = True
    thread.join()


def timed(what: str, times: int, do: Callable[[int], httpx.Response]) -> None:
    took = []
    for n in range(times):
        start = time.perf_counter()
        answer = do(n)
        took.append((time.perf_counter() - start) * 1000)
        assert answer.status_code == 200, answer.text
    print(f"{what:<34}{statistics.median(took):9.1f}{max(took):9.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, default=200_000)
    text = document(parser.parse_args().characters)
    with TemporaryDirectory() as name:
        folder = Path(name)
        report = extract(text, reference_date="2024-01-10", ner_model="none")
        write_report(report, text, folder / "long.json")
        print(f"{len(text)} characters, {sum(1 for _ in report.facts())} facts;  median, longest")
        with served(folder) as client:
            measure(client, [fact.id for fact in report.facts()], [amount.id for amount in report.amounts])


def measure(client: httpx.Client, ids: list[str], amounts: list[str]) -> None:
    start = time.perf_counter()
    id = client.get("/api/documents").json()[0]["id"]
    where = f"/api/documents/{id}"
    client.get(where)
    print(f"{'list and open, server just started':<34}{(time.perf_counter() - start) * 1000:9.1f} ms")
    timed("open again", 10, lambda n: client.get(where))
    latest = 10**9

    def act(**told: object) -> httpx.Response:
        return client.post(f"{where}/acts", json={"base": latest, "acts": [told]})

    timed("accept", 50, lambda n: act(act="accept", fact=ids[n]))
    timed("edit", 50, lambda n: act(act="edit", fact=amounts[n], fields={"subject": f"园区{n}"}))
    timed("reject", 50, lambda n: act(act="reject", fact=ids[100 + n]))
    timed("accept all", 1, lambda n: act(act="accept_all", facts=ids[200:]))
    timed("undo", 20, lambda n: client.post(f"{where}/undo", json={"base": latest}))
    timed("redo", 20, lambda n: client.post(f"{where}/redo", json={"base": latest}))
    timed("accept after 200 events", 50, lambda n: act(act="accept", fact=ids[200 + n]))
    spans = client.get(where).json()["record"]["dates"][-1]["spans"]
    act(act="reject", fact=client.get(where).json()["record"]["dates"][-1]["id"])
    timed("add the first date (reads them all)", 1, lambda n: act(act="add", kind="dates", spans=spans, fields={}))
    timed("what others changed", 20, lambda n: client.get(f"{where}/changes?since=0"))


if __name__ == "__main__":
    main()
