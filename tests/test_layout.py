"""The arrow of the design: what may import what."""

import ast
from pathlib import Path

import pytest

import seimeibun

LIBRARY = Path(seimeibun.__file__).parent
MODEL_FREE = {"spacy", "ginza", "thinc", "sudachipy"}
# A package may import those before it and itself; what stands in one set is on one level.
ORDER = [
    {"found", "rules", "width"},
    {"analysis"},
    {"country_compounds", "offices"},
    {"expressions", "gazetteer", "sources"},
    {"statement"},
    {"entities"},
    {"agreements"},
    {"components"},
    {"loading"},
    {"annotation"},
    {"tables"},
    {"verify", "evaluate", "report", "compare", "export"},
    {"review"},
    {"batch", "train"},
    {"cli"},
]
LEVEL = {name: level for level, names in enumerate(ORDER) for name in names}


def imports(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def part(path):
    relative = path.relative_to(LIBRARY)
    return relative.parts[0].removesuffix(".py")


MODULES = sorted(p for p in LIBRARY.rglob("*.py") if p.parent != LIBRARY or p.name[0] != "_")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(LIBRARY)))
def test_nothing_imports_what_is_on_its_right(path):
    level = LEVEL[part(path)]
    names = [name.split(".")[1] for name in imports(path) if name.startswith("seimeibun.")]

    assert {name for name in names if LEVEL.get(name, -1) > level} == set()


@pytest.mark.parametrize(
    "folder", ["expressions", "sources", "statement", "entities", "agreements", "gazetteer.py"]
)
def test_knowledge_of_the_language_needs_no_model(folder):
    root = LIBRARY / folder
    paths = root.rglob("*.py") if root.is_dir() else [root]
    found = {name.split(".")[0] for path in paths for name in imports(path)}

    assert found & MODEL_FREE == set()
