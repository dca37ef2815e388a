"""What ships: dependencies with their reasons and licences, data with its source, a build that gives the same bytes."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import audit
import dist
import trial
from licences import NOT_SHIPPED, Policy, closure, faults, licence, mentions, permitted, project, shipped

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
POLICY = Policy.read()
EXTRAS = [name for name in project()["optional-dependencies"] if name not in NOT_SHIPPED]


# ---- the list of dependencies -----------------------------------------------------------------------------------


def _rows(heading: str) -> list[list[str]]:
    part = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in part.splitlines() if line[:1] == "|"]
    return rows[2:]


TOLD = [["", *row] for row in _rows("Runtime")] + _rows("Extras") + _rows("For developers")


def _wanted() -> set[tuple[str, str]]:
    """(extra, library) of pyproject.toml, with what an extra takes from another."""
    optional: dict[str, list[str]] = {"": project()["dependencies"], **project()["optional-dependencies"]}

    def libraries(extra: str) -> Iterator[str]:
        for one in map(Requirement, optional[extra]):
            if one.name == project()["name"]:
                yield from (name for other in one.extras if extra != "dev" for name in libraries(other))
            else:
                yield canonicalize_name(one.name)

    return {(extra, name) for extra in optional for name in libraries(extra)}


def _pins() -> set[tuple[str, str]]:
    """Libraries with their versions; one may have another for another Python."""
    every = map(Requirement, (ROOT / "constraints.txt").read_text("utf-8").splitlines())
    return {(canonicalize_name(one.name), str(one.specifier)) for one in every}


def test_every_dependency_is_told_and_no_other() -> None:
    told = {(extra, row[1]) for row in TOLD for extra in row[0].split(", ")}
    assert _wanted() - told == set(), "give these a row in docs/dependencies.md: why, and what we would do without"
    assert told - _wanted() == set(), "these have a row in docs/dependencies.md, and are not in pyproject.toml"


@pytest.mark.parametrize("row", TOLD, ids=[row[1] for row in TOLD])
def test_a_dependency_is_told_with_its_version_licence_and_reason(row: list[str]) -> None:
    _, name, version, released, own, *reasons = row
    assert (canonicalize_name(name), f"=={version}") in _pins()
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", released) and len(reasons) == 2 and all(map(len, reasons))
    try:
        told = distribution(name)
    except PackageNotFoundError:
        assert row[0] in ("ray", "spark", "fuzz", "release")
        return
    assert licence(told, POLICY) == own


def test_the_versions_of_the_build_are_pinned_alike() -> None:
    assert '"hatchling==1.33.0"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert "hatchling==1.33.0" in (ROOT / "constraints.txt").read_text("utf-8").split()


# ---- licences ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("extra", EXTRAS)
def test_no_copyleft_in_what_ships(extra: str) -> None:
    found, missing = closure(shipped([extra]))
    if missing:
        pytest.skip(f"{', '.join(sorted(missing))}: not installed, pip install 'parkfacts[{extra}]'")
    assert [line for name, told in found.items() for line in faults(name, told, POLICY)] == []


@pytest.mark.parametrize(
    ("expression", "free"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("MIT AND LGPL-2.1-or-later", False),
        ("MIT OR GPL-2.0-only", True),
        ("(MIT OR GPL-2.0-only) AND MPL-2.0", False),
        ("GPL-2.0-only WITH Classpath-exception-2.0", False),
        ("tells none", False),
        ("", False),
    ],
)
def test_expressions_are_judged_part_by_part(expression: str, free: bool) -> None:
    assert permitted(expression, POLICY.allowed) is free


def _library(folder: Path, told: str, text: str) -> Distribution:
    home = folder / "odd-1.0.dist-info"
    (home / "licenses").mkdir(parents=True)
    (home / "METADATA").write_text(f"Metadata-Version: 2.4\nName: odd\nVersion: 1.0\nLicense-Expression: {told}\n")
    (home / "licenses" / "LICENSE.libodd").write_text(text)
    (home / "RECORD").write_text("odd-1.0.dist-info/licenses/LICENSE.libodd,,\n")
    return Distribution.at(home)


def test_copyleft_is_noticed(tmp_path: Path) -> None:
    hidden = _library(tmp_path / "a", "MIT", "libodd is under the GNU\n   Lesser General Public License")
    open_ = _library(tmp_path / "b", "GPL-3.0-only", "")
    assert mentions(hidden) == ["LGPL"]
    assert [len(list(faults("odd", told, POLICY))) for told in (hidden, open_)] == [1, 1]
    judged = Policy(POLICY.allowed, {}, {"odd": {"mentions": ["LGPL"], "why": "…"}})
    assert list(faults("odd", hidden, judged)) == []
    assert len(list(faults("odd", open_, judged))) == 1


def test_each_judgement_has_a_reason() -> None:
    assert all(len(one["why"]) > 20 for one in POLICY.judged.values())


# ---- vulnerabilities --------------------------------------------------------------------------------------------


def _service(monkeypatch: pytest.MonkeyPatch, canary: bool, rows: list[dict[str, object]] | None) -> None:
    known = [{"name": "jinja2", "version": "2.10", "vulns": [{"id": "X-1"}] if canary else []}]
    monkeypatch.setattr(audit, "ask", lambda service, pins: known if pins == audit.CANARY else rows)


SOUND = {"name": "a", "version": "1", "vulns": []}
KNOWN = {"name": "a", "version": "1", "vulns": [{"id": "X-2"}]}
SKIPPED = {"name": "b", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("canary", "rows", "status"),
    [
        (True, [{"name": "a", "version": "1", "vulns": []}], audit.CLEAN),
        (
            True,
            [{"name": "a", "version": "1", "vulns": [{"id": "X-2"}]}, {"name": "b", "skip_reason": "?"}],
            audit.KNOWN,
        ),
        (True, [{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "?"}], audit.NOT_CHECKED),
        (False, [{"name": "a", "version": "1", "vulns": []}], audit.NOT_CHECKED),
        (True, None, audit.NOT_CHECKED),
    ],
)
def test_not_checked_is_not_passed(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    canary: bool,
    rows: list[dict[str, object]] | None,
    status: int,
) -> None:
    _service(monkeypatch, canary, rows)
    assert audit.main("a==1\nb==1\n") == status
    assert ("NOT CHECKED" in capsys.readouterr().out) is (status == audit.NOT_CHECKED)


# ---- wheel and sdist --------------------------------------------------------------------------------------------


def test_a_build_gives_the_same_bytes_and_holds_what_git_knows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dist.main(tmp_path) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    wheel = next(tmp_path.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert any(name.endswith("licenses/LICENSE") for name in names)
    data = [name.removeprefix("parkfacts/") for name in names if not name.endswith(".py") and ".dist-info/" not in name]
    told = [one for row in _rows("Data in the wheel") for one in row[0].split(", ")]
    assert [one for one in data if not any(_covers(pattern, one) for pattern in told)] == []
    assert [pattern for pattern in told if not any(_covers(pattern, one) for one in data)] == []


def _covers(pattern: str, file: str) -> bool:
    return file.startswith(pattern.removesuffix("**")) if pattern.endswith("**") else PurePosixPath(file).match(pattern)


def test_a_difference_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "parkfacts-0.1.0.tar.gz").touch()
    (tmp_path / "parkfacts-0.1.0.whl").touch()
    with zipfile.ZipFile(tmp_path / "x.whl", "w") as archive:
        archive.writestr("parkfacts/stray.py", "")
    monkeypatch.setattr(dist, "tracked", lambda: {"parkfacts/__init__.py"})
    assert [line.partition("parkfacts/")[2] for line in dist.differences(tmp_path / "x.whl")] == [
        "stray.py, which git does not know",
        "__init__.py",
    ]


def test_every_extra_is_tried() -> None:
    assert set(trial.EXTRAS) == set(EXTRAS) and set(trial.TRIALS) == {"bare", *EXTRAS}


# ---- what stands in no file -------------------------------------------------------------------------------------

_HOSTS = re.compile(
    r"py[p]i\.org|python[h]osted|registry\.np[m]js|np[m]mirror|deb\.deb[i]an|mirrors?\.[a-z]+\.(?:edu|com|cn)|"
    r"--(?:extra-)?inde[x]-url|find[-_]link[s]|crate[s]\.io|prox[y]\.golang"
)


def test_no_file_names_a_registry() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("no git repository here")
    files = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    texts = {file: file.read_bytes().decode("utf-8", "replace") for file in files if file.is_file()}
    assert [f"{file.relative_to(ROOT)}: {m[0]}" for file, text in texts.items() if (m := _HOSTS.search(text))] == []
    assert _HOSTS.search("https://py" + "pi.org/simple")
