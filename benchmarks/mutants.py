"""How well the tests hold: ``python -m benchmarks.mutants core --sample 30 [--seed N] [--seconds N]``, or ``ui``.

One small fault at a time is put into a copy of the project: a comparison, an operator, a condition or a number of a
random line that says something. Then the tests of that package run in the copy. A fault no test notices has survived.
"""

from __future__ import annotations

import argparse
import ast
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scipy.stats import binomtest

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("tiering", "pages", "sample_data", "tests", "benchmarks", "docs", ".streamlit")
LOOSE = ("app.py", "run.py", "pyproject.toml", "README.md", "CONTRIBUTING.md", "LICENSE")
CORE = (
    "decision", "strategy", "movement", "views", "evaluate", "tiers", "indicators", "metrics", "ingest", "scenario",
    "said", "words", "report",
)  # fmt: skip
COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
# Arguments that only say how something looks.
LOOKS = {
    "height", "width", "size", "fontSize", "dx", "dy", "opacity", "gridOpacity", "padding", "labelLimit", "tickCount",
    "gap", "columns", "cornerRadius", "strokeWidth", "labelFontSize", "band", "labelAngle", "max_entries", "ttl",
    "filled", "grid",
}  # fmt: skip
NAMED = {"min": "max", "max": "min", "any": "all", "all": "any", "minimum": "maximum", "maximum": "minimum"}


@dataclass(frozen=True)
class Mutant:
    """One fault: the place, what stood there, and what stands there instead."""

    path: Path
    line: int
    before: str
    after: str
    text: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}  {self.before}  →  {self.after}"


def mutants_of(path: Path) -> list[Mutant]:
    """All single faults of a module, in the order of its lines; types, texts and declarations are left alone."""
    source = path.read_text(encoding="utf-8")
    starts = [0]
    for line in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []
    for node in _in_functions(ast.parse(source)):
        changed = _fault(node)
        if changed is not None:
            begin = starts[node.lineno - 1] + node.col_offset
            end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
            before, after = source.encode()[begin:end].decode(), f"({ast.unparse(changed)})"
            text = (source.encode()[:begin] + after.encode() + source.encode()[end:]).decode()
            found.append(Mutant(path, node.lineno, " ".join(before.split()), after[1:-1], text))
    return found


def _in_functions(tree: ast.Module) -> Iterator[ast.expr]:
    """Expressions inside functions, without annotations and the pieces of texts."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for statement in function.body:
                yield from _expressions(statement)


def _expressions(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.FunctionDef | ast.JoinedStr) or (isinstance(node, ast.keyword) and node.arg in LOOKS):
        return
    if isinstance(node, ast.expr):
        yield node
    for name, value in ast.iter_fields(node):
        if name not in ("annotation", "returns", "slice"):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from _expressions(child)


def _fault(node: ast.expr) -> ast.expr | None:
    """The node with one thing wrong; None where nothing in it can be."""
    return _other_operator(node) or _other_value(node) or _other_call(node)


def _other_operator(node: ast.expr) -> ast.expr | None:
    match node:
        case ast.Compare(left, [one], [right]) if type(one) in COMPARED:
            return ast.Compare(left, [COMPARED[type(one)]()], [right])
        case ast.BinOp(left, one, right) if type(one) in COUNTED and not _is_text(left, right):
            return ast.BinOp(left, COUNTED[type(one)](), right)
        case ast.BoolOp(one, values):
            return ast.BoolOp(ast.Or() if isinstance(one, ast.And) else ast.And(), values)
        case ast.UnaryOp(ast.Not() | ast.USub() | ast.Invert(), inner):
            return inner
    return None


def _other_value(node: ast.expr) -> ast.expr | None:
    match node:
        case ast.IfExp(test, body, other):
            return ast.IfExp(test, other, body)
        case ast.Constant(bool() as value):
            return ast.Constant(not value)
        case ast.Constant(int() | float() as value):
            return ast.Constant(value + 1)
    return None


def _other_call(node: ast.expr) -> ast.expr | None:
    match node:
        case ast.Call(ast.Name(name), args, words) if name in NAMED:
            return ast.Call(ast.Name(NAMED[name]), args, words)
        case ast.Call(ast.Attribute(inner, name), args, words) if name in NAMED:
            return ast.Call(ast.Attribute(inner, NAMED[name]), args, words)
    return None


def _is_text(*nodes: ast.expr) -> bool:
    return any(isinstance(node, ast.JoinedStr) or isinstance(getattr(node, "value", None), str) for node in nodes)


def nearest(path: Path, near: bool = False) -> list[str]:
    """The package's own tests, those that name the module first, and ``near`` these alone; of the screen likewise."""
    parts = path.relative_to(ROOT / "tiering").parts
    folder = ROOT / "tests" / parts[0]
    module = ".".join(("tiering", *parts))[: -len(".py")].removesuffix(".__init__")
    around, _, name = module.rpartition(".")
    named = re.compile(rf"{re.escape(module)}\b|from {re.escape(around)} import [^\n]*\b{name}\b")
    alone = [ROOT / "tests" / f"test_{parts[0].removesuffix('.py')}.py"]
    files = sorted(folder.rglob("test_*.py")) if folder.is_dir() else [one for one in alone if one.exists()]
    naming = [one for one in sorted((ROOT / "tests").rglob("test_*.py")) if named.search(one.read_text("utf-8"))]
    naming = [one for one in naming if "browser" not in one.parts]
    if near and naming:
        files = []
    elif parts[0] == "ui":
        files = [] if naming else _of_page(parts, files)
    elif parts[0] in ("said", "report"):
        files = sorted((ROOT / "tests" / "report").rglob("test_*.py"))
    elif parts[0] == "words":
        files = [ROOT / "tests" / "test_words.py"]
    return [str(one.relative_to(ROOT)) for one in dict.fromkeys([*naming, *files])]


def _of_page(parts: Sequence[str], files: Sequence[Path]) -> list[Path]:
    """Test files that open a page into which the module's room goes; those that open every page last."""
    room = ".".join(("tiering", *parts[:3])).removesuffix(".py")
    pages = [one.stem for one in (ROOT / "pages").glob("*.py") if room in one.read_text("utf-8")]
    opened = re.compile(rf"run_page\(\"({'|'.join(pages)})\"") if pages else None
    opening = [one for one in files if opened and opened.search(one.read_text("utf-8"))]
    return [*opening, ROOT / "tests" / "ui" / "test_pages.py"]


def house(folder: Path) -> Path:
    """A copy of the project to put faults into."""
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in LOOSE:
        shutil.copy(ROOT / name, folder)
    return folder


def tried(mutant: Mutant, copy: Path, seconds: float, near: bool = False) -> str:
    """``killed``, ``survived``, ``no end`` (stopped after so many seconds), ``no tests``, or ``broken``.

    Broken are tests that fail without any fault as well: what they say of one counts for nothing.
    """
    place = copy / mutant.path.relative_to(ROOT)
    tests = nearest(mutant.path, near)
    if not tests:
        return "no tests"
    whole = place.read_text(encoding="utf-8")
    place.write_text(mutant.text, encoding="utf-8")
    try:
        ended, said = _run(tests, copy, seconds)
    except subprocess.TimeoutExpired:
        return "no end"
    finally:
        place.write_text(whole, encoding="utf-8")
    if ended in (0, 5):
        return "no tests" if ended else "survived"
    failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", said, re.MULTILINE)
    return "killed" if failed and _run(failed, copy, None)[0] == 0 else "broken"


def _run(tests: Sequence[str], copy: Path, seconds: float | None) -> tuple[int, str]:
    """Exit status of the tests, which end with the first that fails, and what was said."""
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-m", "not browser", *tests]
    ended = subprocess.run(command, cwd=copy, capture_output=True, text=True, timeout=seconds, check=False)
    return ended.returncode, ended.stdout


def sampled(part: str, count: int, seed: int) -> list[Mutant]:
    """So many faults, all equally likely, of the core or of the screen."""
    folders = [ROOT / "tiering" / name for name in (CORE if part == "core" else ("ui",))]
    every = [mutant for folder in folders for path in sorted(folder.rglob("*.py")) for mutant in mutants_of(path)]
    return random.Random(seed).sample(every, count)


def main() -> None:
    """Try a sample and say what survived, and the share killed with its 95 % interval."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("part", choices=("core", "ui"))
    parser.add_argument("--sample", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--near", action="store_true", help="only tests that name the module, where any does")
    asked = parser.parse_args()
    fates: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        copy = house(Path(folder))
        for mutant in sampled(asked.part, asked.sample, asked.seed):
            begun = time.monotonic()
            fates.append(tried(mutant, copy, asked.seconds, asked.near))
            print(f"{fates[-1]:9} {time.monotonic() - begun:4.0f} s  {mutant}", flush=True)
    decided = [fate for fate in fates if fate in ("killed", "survived")]
    killed = decided.count("killed")
    low, high = binomtest(killed, len(decided)).proportion_ci(method="wilson") if decided else (0.0, 1.0)
    print(f"{killed} of {len(decided)} killed ({low:.0%} to {high:.0%}); {len(fates) - len(decided)} not decided")


if __name__ == "__main__":
    main()
