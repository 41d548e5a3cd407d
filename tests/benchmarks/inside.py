"""What a process of the benchmark does: analyse the lines of a file, and say what it took, as JSON.

python tests/benchmarks/inside.py stock --kernel blis LINES
python tests/benchmarks/inside.py shares LINES
python tests/benchmarks/inside.py growth --times 10 LINES
python tests/benchmarks/inside.py enumerations LINES
"""

import argparse
import gc
import json
import resource
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from time import process_time


class Times(dict):
    """CPU seconds by part; a part that runs inside another is not counted twice."""

    def __init__(self):
        super().__init__()
        self._inner = [0.0]

    @contextmanager
    def of(self, part):
        began = process_time()
        self._inner.append(0.0)
        try:
            yield
        finally:
            spent = process_time() - began
            self[part] = self.get(part, 0.0) + spent - self._inner.pop()
            self._inner[-1] += spent


class Timed:
    """A component or tokenizer whose calls are timed, what it takes from others left out."""

    def __init__(self, times, name, inner):
        self._times, self._name, self._inner = times, name, inner

    def __getattr__(self, name):
        return getattr(self._inner, name)

    def __call__(self, given):
        with self._times.of(self._name):
            return self._inner(given)


class TimedPipe(Timed):
    def pipe(self, docs, **options):
        options.pop("error_handler", None)
        stream = self._inner.pipe(self._taken(docs), **options)
        while True:
            with self._times.of(self._name):
                doc = next(stream, None)
            if doc is None:
                return
            yield doc

    def _taken(self, docs):
        docs = iter(docs)
        while True:
            with self._times.of("between components"):
                doc = next(docs, None)
            if doc is None:
                return
            yield doc


def stock(lines, kernel):
    """GiNZA through ``nlp.pipe`` in batches of 32, on one of the two kernels that spaCy can multiply with."""
    import spacy
    from thinc.api import NumpyOps

    nlp = spacy.load("ja_ginza")
    if kernel == "openblas":
        for _, component in nlp.pipeline:
            for node in component.model.walk() if hasattr(component, "model") else ():
                node.ops = NumpyOps(use_blis=False)
    began = process_time()
    tokens = sum(len(doc) for doc in nlp.pipe(lines, batch_size=32))
    return {"seconds": process_time() - began, "tokens": tokens}


def shares(lines):
    """CPU seconds of every part of ``annotate``: reading, components, joining, tables."""
    from seimeibun import annotation
    from seimeibun.statement import read_statement
    from seimeibun.tables.rows import document_rows

    times = Times()
    nlp = annotation.load()
    statements = [read_statement("\n".join(lines))]
    list(annotation.annotate_statements(statements, nlp=nlp))  # words are met for the first time
    nlp.tokenizer = Timed(times, "tokenizer", nlp.tokenizer)
    nlp._components = [
        (name, (TimedPipe if hasattr(part, "pipe") else Timed)(times, name, part))
        for name, part in nlp._components
    ]
    join = annotation.join

    def timed_join(vocab, pieces):
        pieces = list(pieces)
        with times.of("joining pieces"):
            return join(vocab, pieces)

    annotation.join = timed_join
    began = process_time()
    with times.of("statement"):
        statements = [read_statement("\n".join(lines))]
    for doc in annotation.annotate_statements(statements, nlp=nlp):
        with times.of("rows of the tables"):
            document_rows(doc, doc_id="benchmark", source_path="benchmark.txt", warnings=())
    times["between components"] = 0.0
    seconds = process_time() - began
    times["between components"] = seconds - sum(times.values())
    return {"seconds": seconds, "tokens": len(doc), "parts": times}


# What texts of tables, forms and damaged files repeat, as often as a statement of 1,000 clauses would.
ENUMERATIONS = {
    "日本は会談し、": 1_000,
    "日本、": 1_000,
    "協力を確認し、": 1_000,
    "2014年7月、": 1_000,
    "山田太郎外務大臣、": 1_000,
    "政府開発援助(ODA)、": 500,
    "「合意」と": 1_000,
    "「日本": 1_000,
    "（": 5_000,
    "1": 10_000,
    "年": 10_000,
    "月": 10_000,
    "・": 10_000,
    "ア": 10_000,
    "日": 5_000,
    "１．": 3_000,
}


class AsTheCommand:
    """Annotates a text as `annotate` does: from a file, in parts if need be, to packed rows."""

    def __init__(self):
        from seimeibun import annotation
        from seimeibun.batch.document import annotate_file
        from seimeibun.batch.outcome import Item, Settings

        nlp = annotation.load()
        self._annotate = lambda statements: annotation.annotate_statements(statements, nlp=nlp)
        self._file, self._item, self._settings = annotate_file, Item, Settings()
        gc.collect()
        gc.freeze()
        self("双方は、港の整備について協力することで一致した。")

    def __call__(self, text):
        """Return the CPU seconds and the number of tokens."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "text.txt"
            path.write_text(text, encoding="utf-8")
            began = process_time()
            done = self._file(
                self._item(str(path), path.name, "text"), self._annotate, self._settings
            )
            return process_time() - began, done.counts["tokens"]


def kernel():
    """The matrix kernels that OpenBLAS chose for this process, "" where that cannot be asked."""
    import numpy  # noqa: F401  loads the library

    try:
        from threadpoolctl import threadpool_info
    except ImportError:
        return {"kernel": ""}
    names = {library.get("architecture") or "" for library in threadpool_info()}
    return {"kernel": ", ".join(sorted(filter(None, names)))}


def growth(lines, times):
    """One statement ``times`` as long as ``lines``, with all layers and rows."""
    command = AsTheCommand()
    command("\n".join(lines))
    text = "\n".join(lines * times)
    seconds, tokens = command(text)
    return {"seconds": seconds, "tokens": tokens, "characters": len(text)}


def enumerations():
    """CPU seconds of enumerations in one sentence, and of half as much."""
    command = AsTheCommand()
    found = []
    for unit, number in ENUMERATIONS.items():
        command(unit * (number // 4))
        half, _ = min(command(unit * (number // 2)) for _ in range(2))
        whole, tokens = min(command(unit * number) for _ in range(2))
        found.append(
            {"unit": unit, "number": number, "tokens": tokens, "half": half, "whole": whole}
        )
    return {"enumerations": found}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["stock", "shares", "growth", "enumerations", "kernel"])
    parser.add_argument("--kernel", choices=["blis", "openblas"], default="blis")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("lines", type=Path)
    given = parser.parse_args()
    lines = given.lines.read_text(encoding="utf-8").splitlines()
    result = {
        "stock": lambda: stock(lines, given.kernel),
        "shares": lambda: shares(lines),
        "growth": lambda: growth(lines, given.times),
        "enumerations": enumerations,
        "kernel": kernel,
    }[given.what]()
    result["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
