"""The interface's sentences: each one used exists, each one that exists is used, and none hides in code."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hpviewer import wording

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "hpviewer"
TEXTS = ROOT / "resources" / "i18n" / wording.LANGUAGE
IDEOGRAPH = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")  # a joining 、 is no sentence
TEMPLATES = {"mapping.areas.more", "mapping.tip.count", "mapping.tip.unplaced"}
"""Said with their placeholders open: the map page's script fills them."""


@cache
def sentences() -> dict[str, str]:
    """Full key (room first) -> sentence."""
    found: dict[str, str] = {}

    def walk(prefix: str, table: dict[str, Any]) -> None:
        for key, value in table.items():
            if isinstance(value, dict):
                walk(f"{prefix}.{key}", value)
            else:
                found[f"{prefix}.{key}"] = value

    for file in TEXTS.glob("*.toml"):
        walk(file.stem, tomllib.loads(file.read_text(encoding="utf-8")))
    return found


@cache
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def is_say(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not node.args:
        return False
    called = node.func
    return (isinstance(called, ast.Name) and called.id == "say") or (
        isinstance(called, ast.Attribute) and called.attr == "say"
    )


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Where (file:line) and the call, for each say(...) of the package."""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if is_say(node):
                assert isinstance(node, ast.Call)
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def literal(node: ast.expr) -> list[str]:
    """The keys that an argument can be when it is written out, also as `a if x else b`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [*literal(node.body), *literal(node.orelse)]
    return []


def pattern(node: ast.expr) -> re.Pattern[str] | None:
    """What an f-string key can become; None for another expression."""
    if not isinstance(node, ast.JoinedStr):
        return None
    parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values]
    return re.compile("".join(parts))


def placeholders(sentence: str) -> set[str]:
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_key_said_exists() -> None:
    missing = [
        f"{where} {key}" for where, call in calls() for key in literal(call.args[0]) if key not in sentences()
    ]
    assert not missing, "\n".join(missing)


def test_every_composed_key_can_be_one_that_exists() -> None:
    astray = [
        f"{where} {composed.pattern}"
        for where, call in calls()
        if (composed := pattern(call.args[0])) and not any(map(composed.fullmatch, sentences()))
    ]
    assert not astray, "\n".join(astray)


def test_every_sentence_is_used() -> None:
    """Used: written out anywhere in the package (a key may travel in a table first), or met by a composed key."""
    written = {
        node.value
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    composed = [
        found
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.expr) and (found := pattern(node)) and re.match(r"[a-z_]+\\\.", found.pattern)
    ]
    unused = [
        key for key in sentences() if key not in written and not any(one.fullmatch(key) for one in composed)
    ]
    assert not unused, "\n".join(unused)


def test_placeholders_are_filled() -> None:
    wrong = []
    for where, call in calls():
        given = {keyword.arg for keyword in call.keywords}
        for key in literal(call.args[0]):
            wanted = placeholders(sentences().get(key, ""))
            if None not in given and wanted != given and not (key in TEMPLATES and not given):
                wrong.append(f"{where} {key}: has {sorted(wanted)}, is given {sorted(map(str, given))}")
    assert not wrong, "\n".join(wrong)


def test_no_sentence_is_empty() -> None:
    assert [key for key, sentence in sentences().items() if not sentence.strip()] == []


def docstrings(tree: ast.Module) -> set[int]:
    """ids of the string nodes that are documentation: every bare string statement."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


@pytest.mark.parametrize("room", ["desktop", "cli"])
def test_no_sentence_in_code(room: str) -> None:
    inside = []
    for path, tree in trees().items():
        if (PACKAGE / room) not in path.parents:
            continue
        documentation = docstrings(tree)
        inside += [
            f"{path.relative_to(ROOT)}:{node.lineno} {node.value!r}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in documentation
            and IDEOGRAPH.search(node.value)
        ]
    assert not inside, "\n".join(inside)
