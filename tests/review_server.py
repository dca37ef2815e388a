"""The review server on a folder of records, running in a thread of its own for a browser to come to."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from parkfacts import extract
from parkfacts.review.app import create
from parkfacts.review.safety import Keys
from parkfacts.write import write_report

CORPUS = Path(__file__).parents[1] / "outputs" / "corpus" / "dev"


class ReviewServer:
    """Serves the records of a folder; what it keeps of the first document can be asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        listening = socket.create_server(("127.0.0.1", 0))
        self.keys = Keys(port=listening.getsockname()[1])
        self.origin = f"http://127.0.0.1:{self.keys.port}"
        self.address = f"{self.origin}/?token={self.keys.token}"
        self._server = uvicorn.Server(uvicorn.Config(create(folder, self.keys), log_level="warning", access_log=False))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        self._client = httpx.Client(base_url=f"{self.origin}/api/", cookies={self.keys.cookie: self.keys.session})
        self.id: str = self._client.get("documents").json()[0]["id"]

    def close(self) -> None:
        self._client.close()
        self._server.should_exit = True
        self._thread.join(10)

    @property
    def wire(self) -> dict[str, Any]:
        """The first document as the page gets it."""
        told: dict[str, Any] = self._client.get(f"documents/{self.id}").json()
        return told

    @property
    def record(self) -> dict[str, Any]:
        told: dict[str, Any] = self.wire["record"]
        return told

    @property
    def states(self) -> dict[str, str]:
        """The state of each fact by its id."""
        return {id: one["state"] for id, one in self.wire["facts"].items()}

    def fact(self, id: str) -> dict[str, Any]:
        parts = (
            self.record[kind] for kind in ("dates", "amounts", "companies", "organizations", "projects", "milestones")
        )
        return next(fact for part in parts for fact in part if fact["id"] == id)


def of_corpus(folder: Path, *names: str) -> Path:
    """A folder with records of the corpus, as they were extracted."""
    for name in names:
        shutil.copytree(CORPUS / name, folder / name)
    return folder


def of_text(folder: Path, text: str, name: str = "case") -> Path:
    """A folder with the record of a text."""
    write_report(extract(text, reference_date="2024-05", ner_model="none"), text, folder / f"{name}.json")
    return folder
