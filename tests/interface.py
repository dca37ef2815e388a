"""What users call parkfacts by, as data, and what of it an older list promised that is no more.

A Python name is told with its signature, a command with its arguments and options. An addition is no break: new
parameters with a default, new options, a parameter that takes more kinds of things, new values of a choice.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import typer
from typer.models import ArgumentInfo, ParameterInfo

from parkfacts.cli import app

# what README and docs/ show, and docs/compatibility.md lists
PUBLIC = {
    "parkfacts": ["extract"],
    "parkfacts.cli": ["app", "main"],
    "parkfacts.component": ["make"],
    "parkfacts.errors": [
        "BadMetadata", "BinaryFile", "Contradiction", "Damaged", "DecisionError", "EmptyFile", "Encrypted", "IsFolder",
        "LedgerError", "MissingExtra", "MissingFile", "ModelError", "OverLimit", "ParkfactsError", "ReadError",
        "ReportError", "RunError", "Undecodable", "UnknownBlock", "Unreadable", "UnreadFormat", "WriteError",
    ],
    "parkfacts.facts": [
        "SCHEMA_VERSION", "Amount", "Company", "Date", "Gold", "Milestone", "Organization", "Project", "Report",
    ],
    "parkfacts.ledger": ["Firm", "Ledger", "Ledger.parse", "Ledger.read"],
    "parkfacts.ner.reviewed": ["line", "sentences"],
    "parkfacts.read": ["Limits", "read", "read_bytes"],
    "parkfacts.repair": ["Decisions"],
    "parkfacts.review.desk": ["Desk", "Desk.act", "Desk.close", "Desk.open"],
    "parkfacts.review.exchange": ["changes", "export"],
    "parkfacts.text": ["Source", "Source.from_text", "Span"],
    "parkfacts.versions": ["UnreadVersion", "read_gold", "read_report", "upgraded"],
    "parkfacts.write": ["dump", "dump_line", "load_report", "load_with_text", "schema", "text_beside", "write_report"],
    "parkfacts.write.forms": ["Style", "export"],
    "parkfacts.write.tables": ["Told"],
}  # fmt: skip
_BY_THE_SCHEMA = "parkfacts.facts"  # the models' fields are compared as the JSON Schema


def interface() -> dict[str, Any]:
    """The names and the commands of today; a name that is gone is left out."""
    return {"python": dict(_names()), "commands": dict(_commands(app))}


def _names() -> Iterator[tuple[str, str]]:
    for module, names in PUBLIC.items():
        for name in names:
            thing: Any = import_module(module)
            for part in name.split("."):
                thing = getattr(thing, part, None)
            if thing is not None:
                yield f"{module}.{name}", _signature(thing, module)


def _signature(thing: Any, module: str) -> str:
    if isinstance(thing, type) and issubclass(thing, Exception):
        return f"({', '.join(base.__name__ for base in thing.__mro__[1:-2])})"
    if module == _BY_THE_SCHEMA or not callable(thing) or thing is app:
        return ""
    shown = re.sub(r"ForwardRef\(('[^']*')\)", r"\1", str(inspect.signature(thing)))
    return re.sub(r"<[^>]*(?: at 0x[0-9a-f]+|factory)>|<function <lambda> at 0x[0-9a-f]+>", "...", shown)


def _commands(group: typer.Typer, path: str = "parkfacts") -> Iterator[tuple[str, dict[str, Any]]]:
    for inner in group.registered_groups:
        assert inner.typer_instance is not None
        yield from _commands(inner.typer_instance, f"{path} {inner.name or inner.typer_instance.info.name}")
    for command in group.registered_commands:
        assert command.callback is not None
        name = command.name or command.callback.__name__.replace("_", "-")
        yield f"{path} {name}", dict(_parameters(command.callback))


def _parameters(command: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    hints = get_type_hints(command, include_extras=True, localns={"Limits": Any})
    for name, parameter in inspect.signature(command).parameters.items():
        kind, *rest = get_args(hints[name]) if get_origin(hints[name]) is Annotated else (hints[name],)
        info = next((one for one in rest if isinstance(one, ParameterInfo)), None)
        told = {**_value(kind), "required": parameter.default is parameter.empty}
        if isinstance(info, ArgumentInfo):
            yield f"argument {name}", told
        else:
            first = getattr(info, "default", None)  # where typer keeps the first name
            decls = [one for one in (first, *(getattr(info, "param_decls", None) or ())) if str(one).startswith("-")]
            yield from ((flag, told) for flag in decls or [f"--{name.replace('_', '-')}"])


def _value(kind: Any) -> dict[str, Any]:
    """What a parameter takes: a flag, text, a number, …, one of choices, several of them."""
    if get_origin(kind) is Annotated:
        return _value(get_args(kind)[0])
    members = [one for one in get_args(kind) if one is not type(None)]
    if get_origin(kind) in (Union, UnionType):
        return _value(members[0])
    if get_origin(kind) in (list, tuple):
        return {**_value(members[0]), "several": True}
    if get_origin(kind) is Literal:
        return {"takes": "choice", "choices": sorted(members)}
    if issubclass(kind, Enum):
        return {"takes": "choice", "choices": sorted(one.value for one in kind)}
    return {"takes": "flag" if kind is bool else kind.__name__}


# ---- what an older list promised ----------------------------------------------------------------------------------


def broken(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What of an older list is gone, or can no longer be called as it was."""
    return [*_broken_names(old["python"], new["python"]), *_broken_commands(old["commands"], new["commands"])]


def _broken_names(old: dict[str, str], new: dict[str, str]) -> Iterator[str]:
    for name, before in old.items():
        if name not in new:
            yield f"{name} is gone"
        elif name.startswith("parkfacts.errors.") or name.endswith("UnreadVersion"):
            if lost := _bases(before) - _bases(new[name]):
                yield f"{name} is no {', '.join(sorted(lost))} any more: who catches that misses it"
        else:
            yield from (f"{name}{before}: {why}" for why in _calls(before, new[name]))


def _bases(signature: str) -> set[str]:
    return set(signature.strip("()").split(", ")) - {""}


def _calls(before: str, now: str) -> Iterator[str]:
    """Why calls that were right are not, or may give something else."""
    if bool(before) != bool(now):
        yield "is no longer called, or is now"
    if not before or not now:
        return
    old, new = _Parameters(before), _Parameters(now)
    for name in old.told:
        if name not in new.told:
            yield f"{name} is gone"
            continue
        was, is_ = old.told[name], new.told[name]
        if was.place is not None and was.place != is_.place:
            yield f"{name} stands at another place"
        if was.default != is_.default:
            yield f"{name} is {is_.default or 'required'} by default, was {was.default or 'required'}"
        if not was.kinds <= is_.kinds:
            yield f"{name} takes {' | '.join(sorted(is_.kinds))}, took {' | '.join(sorted(was.kinds))}"
    yield from (f"{name} is required now" for name in new.told.keys() - old.told.keys() if not new.told[name].default)
    if old.gives != new.gives:
        yield f"gives {new.gives}, gave {old.gives}"


class _Parameter:
    def __init__(self, arg: ast.arg, default: ast.expr | None, place: int | None) -> None:
        self.place = place
        self.default = "" if default is None else ast.unparse(default)
        shown = "Any" if arg.annotation is None else ast.unparse(arg.annotation)
        shown = ast.literal_eval(shown) if shown[:1] in "'\"" else shown
        self.kinds = {kind.strip() for kind in shown.split("|")}


class _Parameters:
    def __init__(self, signature: str) -> None:
        function = ast.parse(f"def f{signature}: ...").body[0]
        assert isinstance(function, ast.FunctionDef)
        args = function.args
        placed = [*args.posonlyargs, *args.args]
        defaults = [*[None] * (len(placed) - len(args.defaults)), *args.defaults]
        self.told = {a.arg: _Parameter(a, d, n) for n, (a, d) in enumerate(zip(placed, defaults, strict=True))}
        named = zip(args.kwonlyargs, args.kw_defaults, strict=True)
        self.told |= {a.arg: _Parameter(a, d, None) for a, d in named}
        self.gives = "" if function.returns is None else ast.unparse(function.returns).strip("'")


def _broken_commands(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    for command, options in old.items():
        if command not in new:
            yield f"{command} is gone"
            continue
        now = new[command]
        for option, before in options.items():
            if option not in now:
                yield f"{command} {option} is gone"
            else:
                yield from (f"{command} {option} {why}" for why in _turned(before, now[option]))
        added = now.keys() - options.keys()
        yield from (f"{command} {option} is required now" for option in sorted(added) if now[option].get("required"))


def _turned(before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    if now.get("required") and not before.get("required"):
        yield "is required now"
    if before["takes"] != now["takes"]:
        yield f"takes {now['takes']}, took {before['takes']}"
    if before.get("several") and not now.get("several"):
        yield "takes one value only now"
    if lost := set(before.get("choices", ())) - set(now.get("choices", before.get("choices", ()))):
        yield f"takes {', '.join(sorted(lost))} no more"
