"""How big the program is: ``python -m benchmarks.sizes`` prints code lines, modules, and how long functions are.

Code lines are those without blanks, comments and docstrings in tiering, pages, app.py and run.py.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median, quantiles

from tests.test_layout import code_lines, functions, size

HOME = Path(__file__).parents[1]


def main() -> None:
    """Print the sizes, and the ten biggest folders."""
    found = (*(HOME / "pages").glob("*.py"), *(HOME / "tiering").rglob("*.py"))
    paths = [HOME / "app.py", HOME / "run.py", *found]
    lines = {path: len(code_lines(path)) for path in paths}
    sizes = [size(path, function) for path in paths for function in functions(path)]
    print(f"{sum(lines.values()):,} code lines in {len(paths)} modules, {sum(map(bool, lines.values()))} with code")
    print(
        f"functions: median {median(sizes)}, nine in ten up to {quantiles(sizes, n=10)[-1]:.0f}, longest {max(sizes)}"
    )
    folders: dict[str, int] = {}
    for path, count in lines.items():
        name = "/".join(path.relative_to(HOME).parts[:2][: len(path.relative_to(HOME).parts) - 1]) or "."
        folders[name] = folders.get(name, 0) + count
    for name, count in sorted(folders.items(), key=lambda entry: -entry[1])[:10]:
        print(f"{count:>8,} {name}")


if __name__ == "__main__":
    main()
