"""Nothing is sent anywhere: commands run where every socket is refused, and where the system can do that too, in a
network of their own that has no other end, with the system's own account of what was tried."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import httpx
import pytest
from docx import Document
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

import hostile
from parkfacts.write.forms import FORMS
from test_learn import SEVERED, reviewed

REFUSE = Path(__file__).parent / "refuse"
TEXT = "2023年6月，晟拓精工股份有限公司投资3.5亿元的项目在岚渡高新区开工。\n"
CALL = "import sys; from parkfacts.cli import main; main()"
CALLS = """
import sys
from parkfacts.cli import app
for line in open(sys.argv[1], encoding="utf-8").read().splitlines():
    try:
        app(line.split("\\t"), standalone_mode=False)
    except SystemExit as left:
        assert left.code in (0, 1, 3), line
"""


def _environment(tmp_path: Path) -> dict[str, str]:
    path = os.pathsep.join([str(REFUSE), *filter(None, sys.path)])
    return {**os.environ, "PYTHONPATH": path, "PARKFACTS_TRIED": str(tmp_path / "tried")}


_HERE = re.compile(r'inet_addr\("127\.0\.0\.1"\)|"::1"')


def _tried(tmp_path: Path) -> str:
    """What was tried of the network, by the hook and by the system's account."""
    hook, system = tmp_path / "tried", tmp_path / "strace"
    told = hook.read_text() if hook.exists() else ""
    calls = system.read_text(errors="replace").splitlines() if system.exists() else []
    return told + "\n".join(line for line in calls if re.search(r"sin6?_addr", line) and not _HERE.search(line))


@cache
def _works(*command: str) -> bool:
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0


def _alone(tmp_path: Path) -> list[str]:
    """What is put before a command, as far as this system has it."""
    command = ["unshare", "-rn"] if _works("unshare", "-rn") else []
    if _works("strace", "-f", "-o", os.devnull):
        command += ["strace", "-f", "-qq", "-e", "trace=%network", "-o", str(tmp_path / "strace")]
    return command


@pytest.mark.parametrize("check", [("unshare", "-rn"), ("strace", "-f", "-o", os.devnull)], ids=["unshare", "strace"])
def test_the_stronger_checks_are_at_work(check: tuple[str, ...]) -> None:
    if not _works(*check):
        pytest.skip(f"{check[0]} cannot be used here: the hook in Python alone refuses sockets")


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import urllib.request; urllib.request.urlopen('http://example.invalid/')",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('example.invalid', 80)",
    ],
)
def test_the_check_notices(tmp_path: Path, code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], env=_environment(tmp_path), capture_output=True, check=False)
    assert done.returncode != 0 and b"no network here" in done.stderr and _tried(tmp_path)


def _reports(folder: Path) -> Path:
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "b.html").write_bytes(hostile.html(f'<p>{TEXT}</p><img src="http://example.invalid/x.png">'))
    document, made = Document(), io.BytesIO()
    document.add_paragraph(TEXT)
    document.save(made)
    (folder / "c.docx").write_bytes(made.getvalue())
    page = Canvas(str(folder / "d.pdf"))
    page.drawString(50, 700, "2023-06-30, 12 km2")
    page.save()
    (folder / "e.xlsx").write_bytes(hostile.xlsx('<row r="1"><c r="A1"><v>12</v></c></row>'))
    picture = Image.new("RGB", (400, 80), "white")
    ImageDraw.Draw(picture).text((20, 30), "2023-06-30 12345", fill="black", font_size=30)
    picture.save(folder / "f.png")
    return folder


def test_no_command_sends_anything(tmp_path: Path) -> None:
    reports, out, gold = _reports(tmp_path / "in"), tmp_path / "out", tmp_path / "gold"
    for number in range(2):
        reviewed(gold, SEVERED.replace("晟拓", f"{'甲乙'[number]}拓"), f"d{number}")
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "a.txt").write_text("昨天，{c|瑾帆电子}的新厂房封顶。\n上年增长两成。\n", "utf-8")
    lines: list[list[object]] = [
        ["extract", reports, "-o", out],
        ["extract", reports / "a.txt", reports / "b.html", reports / "c.docx", "-o", tmp_path / "out2", "-j", 2],
        *(["export", out, "--to", form, "-o", tmp_path / f"as-{form}"] for form in FORMS),
        ["evaluate", gold],
        ["train", tmp_path / "text", "--from", gold, "-o", tmp_path / "model", "--passes", 1],
        ["status", out],
        ["timeline", out],
        ["review", out, "--export", "docbin", "-o", tmp_path / "as-docbin"],
    ]
    (tmp_path / "lines").write_text("\n".join("\t".join(map(str, line)) for line in lines), "utf-8")
    command = [*_alone(tmp_path), sys.executable, "-c", CALLS, str(tmp_path / "lines")]
    done = subprocess.run(command, env=_environment(tmp_path), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert sorted(file.name for file in out.glob("*.json")) == [f"{name}.json" for name in "abcdef"]
    assert all((tmp_path / f"as-{form}").exists() for form in FORMS) and (tmp_path / "model" / "names.npz").exists()
    assert _tried(tmp_path) == ""


def test_the_review_page_listens_on_this_machine_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    environment = _environment(tmp_path)
    run = [sys.executable, "-c", CALL]
    done = subprocess.run([*run, "extract", "a.txt", "-o", "out"], cwd=tmp_path, env=environment, check=False)
    assert done.returncode == 0
    command = [*run, "review", "out", "--no-browser", "--log-json"]
    server = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert server.stdout is not None
        address = server.stdout.readline().decode().strip()
        with httpx.Client(follow_redirects=True) as client:
            page = _patiently(lambda: client.get(address))
            documents = client.get(f"{address.partition('?')[0]}api/documents")
        assert page.status_code == 200 and "http://" not in re.sub(r'xmlns="[^"]+"', "", page.text)
        assert documents.json()[0]["name"] == "a"
    finally:
        server.terminate()
        errors = server.communicate(timeout=20)[1].decode()
    assert _tried(tmp_path) == ""
    assert "token" not in errors and '"event": "review.started"' in errors


def _patiently(get: Callable[[], httpx.Response]) -> httpx.Response:
    for _ in range(100):
        try:
            return get()
        except httpx.ConnectError:
            time.sleep(0.1)
    return get()
