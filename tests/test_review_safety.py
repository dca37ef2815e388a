"""The review server answers its own page alone, and text is never more than text."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from parkfacts.cli import app as command
from parkfacts.commands import review
from parkfacts.errors import RunError
from parkfacts.review.app import create
from parkfacts.review.safety import BODY, Keys
from review_folder import KEYS, ORIGIN, PORT, TEXT, Page, client, outputs

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>：2023年6月，\"'园区</textarea>投资3亿元。\n" + TEXT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return outputs(tmp_path / "outputs")


def _stranger(folder: Path, keys: Keys = KEYS) -> TestClient:
    return TestClient(create(folder, keys), base_url=ORIGIN, follow_redirects=False)


def test_the_token_gives_the_cookie_and_goes_out_of_the_address(folder: Path) -> None:
    stranger = _stranger(folder)
    assert stranger.get("/api/documents").status_code == 401
    assert stranger.get("/?token=wrong").status_code == 403
    answer = stranger.get(f"/?token={KEYS.token}")
    assert answer.status_code == 303 and answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and KEYS.token not in cookie
    assert stranger.get("/api/documents").status_code == 200
    stranger.cookies.set(KEYS.cookie, "guessed")
    assert _stranger(folder).get("/api/session", headers={"cookie": f"{KEYS.cookie}=guessed"}).status_code == 401


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", "", "10.0.0.1:8123"]
)
def test_another_host_is_refused(folder: Path, host: str) -> None:
    answer = client(folder).get("/api/documents", headers={"host": host})
    assert answer.status_code == 421


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", f"localhost:{PORT}", f"[::1]:{PORT}"])
def test_our_hosts_are_served(folder: Path, host: str) -> None:
    assert client(folder).get("/api/documents", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "", f"https://127.0.0.1:{PORT}", "http://127.0.0.1:1"]
)
def test_a_post_from_another_page_is_refused(folder: Path, origin: str) -> None:
    page = Page(folder)
    where, body = f"/api/documents/{page.id}/acts", {"base": 0, "acts": [{"act": "accept", "fact": "d01"}]}
    assert page.client.post(where, json=body, headers={"origin": origin}).status_code == 403
    del page.client.headers["origin"]
    assert page.client.post(where, json=body).status_code == 403
    assert page.get()["version"] == 0


def test_a_form_cannot_post(folder: Path) -> None:
    page = Page(folder)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        headers = {"content-type": kind}
        answer = page.client.post(f"/api/documents/{page.id}/undo", content='{"base":0}', headers=headers)
        assert answer.status_code == 415


@pytest.mark.parametrize(
    "id", ["..%2f..%2fetc%2fpasswd", "../secret", "%2e%2e%2fsecret", "secret", "/etc/passwd", "%00", "a" * 5000]
)
def test_nothing_outside_the_folder_is_reached(folder: Path, id: str) -> None:
    outputs(folder.parent, name="secret")
    (folder / "link.json").symlink_to(folder.parent / "secret.json")
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    page = Page(folder)
    assert [one["name"] for one in page.client.get("/api/documents").json()] == ["page"]
    for rest in ("", "/history", "/export?to=json"):
        assert page.client.get(f"/api/documents/{id}{rest}").status_code in (404, 405)
    assert page.client.get(f"/page/{id}").status_code == 404


def test_bodies_are_bounded(folder: Path) -> None:
    page = Page(folder)
    where, kind = f"/api/documents/{page.id}/acts", {"content-type": "application/json"}
    assert page.client.post(where, content=b" " * (BODY + 1), headers=kind).status_code == 413

    def endless() -> Iterator[bytes]:
        for _ in range(BODY // 65536 + 2):
            yield b" " * 65536

    assert page.client.post(where, content=endless(), headers=kind).status_code in (400, 413)
    for body in (b"{", b"[]", b'{"base":"x"}', b'{"base":0,"acts":[1]}', b"\xff"):
        assert page.client.post(where, content=body, headers=kind).status_code in (400, 422)


def test_hostile_text_and_names_are_data(tmp_path: Path) -> None:
    name = "<img src=x onerror=alert(1)>"
    page = Page(outputs(tmp_path, HOSTILE, name))
    assert page.document["text"] == HOSTILE and page.document["name"] == name
    for path in ("", f"/{page.id}", f"/{page.id}/history"):
        answer = page.client.get(f"/api/documents{path}")
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
    answer = page.client.get(f"/api/documents/{page.id}/export?to=html")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%3Cimg")
    assert page.client.get(f"/api/documents/{page.id}/export?to=<b>").headers["content-type"] == "application/json"


def test_every_answer_says_what_a_page_may_load(folder: Path) -> None:
    for path in ("/", "/api/documents", "/api/nothing", "/page/nothing", "/?token=wrong"):
        headers = client(folder).get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'self'")
        assert "unsafe" not in headers["content-security-policy"] and headers["cache-control"] == "no-store"


def test_other_machines_are_let_in_by_a_password_alone(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(RunError, match="--password-file"):
        review.run(folder, None, "0.0.0.0", None, False, None)
    short = tmp_path / "short"
    short.write_text("1234567\n")
    with pytest.raises(RunError, match="under 8"):
        review.run(folder, None, "0.0.0.0", short, False, None)
    keys = Keys("0.0.0.0", PORT, "correct horse", "token", "session")
    stranger = _stranger(folder, keys)
    assert "action=/login" in stranger.get("/", headers={"host": f"10.0.0.7:{PORT}"}).text
    assert stranger.get("/", headers={"host": f"rebound.example:{PORT}"}).status_code == 421
    form = {"password": "wrong"}
    assert stranger.post("/login", data=form, headers={"origin": ORIGIN}).status_code == 401
    form = {"password": "correct horse"}
    assert stranger.post("/login", data=form, headers={"origin": "http://evil.example"}).status_code == 403
    assert stranger.post("/login", data=form, headers={"origin": ORIGIN}).status_code == 303
    assert stranger.get("/api/documents").status_code == 200


def test_a_port_in_use_is_told(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = CliRunner().invoke(
            command, ["review", str(folder), "--no-browser", "--port", str(taken.getsockname()[1])]
        )
    assert done.exit_code == 1 and "choose another --port" in done.output
