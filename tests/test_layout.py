"""How the code is laid out, as a program: sizes, names, one sentence per module, no clock in the core."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from functools import cache
from pathlib import Path
from statistics import median, quantiles

import grimp
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

ROOT = Path(__file__).parents[1]
CORE = sorted((ROOT / "tiering").rglob("*.py"))
CODE = sorted([ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *CORE, *(ROOT / "sample_data").rglob("*.py")])
BESIDE_THE_CORE = ("words", "said", "ui", "report", "cli")
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "tools", "stuff"}
# Names that only a module's first sentence explained; the terms of the field took their place.
IDIOMS = {
    "alike", "asking", "awaited", "believed", "beside", "carried", "chosen", "going_on", "looked_up", "measured",
    "people", "peopled", "reach", "settled", "shows", "standing_out", "together", "told", "told_by", "wanted",
}  # fmt: skip
VAGUE_VARIABLES = {"df", "tmp", "data", "result", "res"}
LONGEST_FUNCTION, TYPICAL_FUNCTION, NINE_IN_TEN = 40, 8, 16
LONGEST_FILE, LONGEST_PAGE = 250, 120
MOST_PARAMETERS = 5
# Known to be too long or to name things vaguely; nothing is to be added here.
DEBTS = {"tiering/ingest/sheets/assemble.py"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def code_lines(path: Path) -> frozenset[int]:
    """Numbers of the lines that hold code: no blank, no comment, no docstring."""
    silent = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
        if token.type not in silent:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(tree(path)):
        is_text = (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        )
        if is_text:
            lines.difference_update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return frozenset(lines)


def functions(path: Path) -> list[Function]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, Function)]


def size(path: Path, function: Function) -> int:
    """Code lines of a function's body."""
    return len(code_lines(path) & set(range(function.body[0].lineno, (function.end_lineno or 0) + 1)))


def place(path: Path, node: ast.AST | None = None) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', '')} {getattr(node, 'name', '')}".strip(": ")


def is_core(path: Path) -> bool:
    inside = path.relative_to(ROOT / "tiering").parts if path.is_relative_to(ROOT / "tiering") else ("ui",)
    return not inside[0].startswith(BESIDE_THE_CORE)


def test_no_function_is_longer_than_a_screen() -> None:
    assert [place(p, f) for p in CODE for f in functions(p) if size(p, f) > LONGEST_FUNCTION] == []


def test_functions_are_short_as_a_rule() -> None:
    sizes = [size(path, function) for path in CODE for function in functions(path)]
    assert median(sizes) <= TYPICAL_FUNCTION
    assert quantiles(sizes, n=10)[-1] <= NINE_IN_TEN


def test_functions_take_five_parameters_at_most() -> None:
    def parameters(function: Function) -> int:
        given = function.args
        named = [argument.arg for argument in (*given.posonlyargs, *given.args)]
        return len([name for name in named if name not in ("self", "cls")])

    commands = ROOT / "tiering" / "cli" / "commands.py"  # one parameter per option of the command line
    assert [place(p, f) for p in CODE if p != commands for f in functions(p) if parameters(f) > MOST_PARAMETERS] == []


def test_files_are_about_one_subject_and_therefore_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}
    assert {place(path) for path, length in lengths.items() if length > LONGEST_FILE} <= DEBTS
    assert [place(p) for p, length in lengths.items() if p.parent == ROOT / "pages" and length > LONGEST_PAGE] == []


def test_modules_are_nouns_of_the_subject() -> None:
    assert [place(path) for path in CODE if path.stem in VAGUE or path.parent.name in VAGUE] == []


def test_no_module_is_named_by_an_idiom() -> None:
    modules = [*CODE, *(ROOT / "tests").rglob("*.py")]
    named = [path for path in modules if any(f"_{idiom}_" in f"_{path.stem}_" for idiom in IDIOMS)]
    assert [place(path) for path in named] == []


def test_no_public_function_or_class_is_named_by_an_idiom() -> None:
    public = [(path, node) for path in CODE for node in tree(path).body if isinstance(node, Function | ast.ClassDef)]
    named = [(path, node) for path, node in public if node.name.lower() in IDIOMS]
    assert [place(path, node) for path, node in named] == []


def test_variables_say_what_they_hold() -> None:
    stored = [
        place(path, node) + node.id
        for path in CODE
        if place(path) not in DEBTS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in VAGUE_VARIABLES
    ]
    assert stored == []


@pytest.mark.parametrize("path", [path for path in CODE if path.stat().st_size], ids=place)
def test_every_module_says_in_one_sentence_what_it_holds(path: Path) -> None:
    said = ast.get_docstring(tree(path)) or ""
    assert said.strip()
    assert said.strip().endswith(".")
    assert len(said.splitlines()[0]) <= 120


def test_the_core_knows_no_clock_no_chance_and_no_session() -> None:
    forbidden = re.compile(
        r"\b(datetime\.now|date\.today|time\.time|utcnow|session_state|random\.(random|choice|shuffle))\b"
    )
    core = [path for path in CORE if is_core(path)]
    assert len(core) > 20
    assert [place(path) for path in core if forbidden.search(path.read_text(encoding="utf-8"))] == []


def test_one_module_touches_the_session() -> None:
    touching = [path for path in CODE if "session_state" in path.read_text(encoding="utf-8")]
    assert touching == [ROOT / "tiering" / "ui" / "base" / "state.py"]


def test_no_file_lies_loose_between_the_rooms_of_the_screen() -> None:
    def loose(folder: Path) -> list[str]:
        return [path.name for path in folder.iterdir() if path.is_file() and path.name != "__init__.py"]

    assert loose(ROOT / "tiering" / "ui") == []
    assert loose(ROOT / "tiering" / "ui" / "pages") == []


def test_only_the_screen_and_what_starts_it_know_streamlit_and_altair() -> None:
    screen = (ROOT / "tiering" / "ui", ROOT / "pages", ROOT / "app.py", ROOT / "tiering" / "cli" / "app.py")
    drawn = re.compile(r"^\s*(import|from) (streamlit|altair)\b", re.MULTILINE)
    elsewhere = [path for path in CODE if not any(path.is_relative_to(folder) for folder in screen)]
    assert [place(path) for path in elsewhere if drawn.search(path.read_text(encoding="utf-8"))] == []


def test_one_module_draws_charts_so_that_all_have_the_separators_of_the_language() -> None:
    drawing = [path for path in CODE if "st.altair_chart(" in path.read_text(encoding="utf-8")]
    assert drawing == [ROOT / "tiering" / "ui" / "base" / "drawing.py"]


def test_no_code_asks_which_language_it_speaks() -> None:
    asked = re.compile(r"language\s*[!=]=\s*[\"']")
    assert [place(path) for path in CODE if asked.search(path.read_text(encoding="utf-8"))] == []


def test_words_of_files_and_people_stand_in_word_files_not_in_code() -> None:
    reading = (ROOT / "tiering" / "ingest", ROOT / "tiering" / "report" / "template" / "findings.py")
    spoken = [
        place(path, node)
        for path in CODE
        if not any(path.is_relative_to(one) for one in reading)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and re.search(r"[\u4e00-\u9fff]", str(node.value))
        if node.lineno in code_lines(path)
    ]
    assert spoken == []


def test_pages_have_one_function_that_the_app_calls() -> None:
    pages = [path for path in (ROOT / "pages").glob("*.py") if path.stem != "__init__"]
    assert pages
    assert [place(p) for p in pages if "page" not in {f.name for f in functions(p)}] == []


def test_imports_run_in_no_circle_but_that_of_the_app_and_its_pages() -> None:
    circles = strongly_connected(imports())
    pages = {f"pages.{path.stem}" for path in (ROOT / "pages").glob("*.py") if path.stem != "__init__"}
    assert [sorted(circle) for circle in circles] == [sorted({"app", *pages})]


def imports() -> dict[str, set[str]]:
    """Module → modules that run when it is imported or its functions are: the packages around them run as well."""
    graph = grimp.build_graph("tiering", "pages", "sample_data", cache_dir=str(ROOT / ".import_linter_cache"))
    modules = set(graph.modules)
    runs = {module: set(graph.find_modules_directly_imported_by(module)) for module in modules}
    runs["app"] = set()
    for module, path in ((".".join(p.relative_to(ROOT).with_suffix("").parts), p) for p in CODE):
        for node in ast.walk(tree(path)):
            if module == "app" and isinstance(node, ast.ImportFrom):
                named = {f"{node.module}.{alias.name}" for alias in node.names}
                runs["app"] |= (named & modules) or ({node.module or ""} & modules)
            # pages name the app, and the command line loads it by a text
            names_app = isinstance(node, ast.Import) and any(alias.name == "app" for alias in node.names)
            loads_app = isinstance(node, ast.Call) and ast.unparse(node) == "import_module('app')"
            if names_app or loads_app:
                runs[module].add("app")
    return {module: {*run, *_around(module, run)} - {module} for module, run in runs.items()}


def _around(module: str, imported: set[str]) -> set[str]:
    """The packages of what is imported, but those that hold the module itself."""
    packages = {".".join(one.split(".")[:depth]) for one in imported for depth in range(1, one.count(".") + 1)}
    return {package for package in packages if not f"{module}.".startswith(f"{package}.")}


def strongly_connected(edges: dict[str, set[str]]) -> list[set[str]]:
    """Sets of two and more nodes that lead to each other."""
    nodes = sorted(edges)
    place = {node: position for position, node in enumerate(nodes)}
    pairs = [(place[start], place[end]) for start in nodes for end in edges[start] if end in place]
    matrix = coo_array(([1] * len(pairs), tuple(zip(*pairs, strict=True))), shape=(len(nodes), len(nodes)))
    _, labels = connected_components(matrix, connection="strong")
    members = [{node for node in nodes if labels[place[node]] == label} for label in set(labels.tolist())]
    return [circle for circle in members if len(circle) > 1]


def test_the_readme_is_short_and_what_it_shows_and_names_is_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 120
    linked = re.findall(r"\]\(([^)]+)\)", text)
    assert sum(link.endswith(".png") for link in linked) == 2
    assert [link for link in linked if not (ROOT / link).exists()] == []
