"""What a process of the benchmark does: analyse the lines of a file, and say what it took, as JSON.

python tests/benchmarks/inside.py stock --kernel blis LINES
python tests/benchmarks/inside.py shares LINES
python tests/benchmarks/inside.py growth --times 10 LINES
"""

import argparse
import json
import resource
import sys
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


def growth(lines, times):
    """One statement ``times`` as long as ``lines``, with all layers."""
    from seimeibun import annotation
    from seimeibun.statement import read_statement

    nlp = annotation.load()
    list(annotation.annotate_texts(["\n".join(lines[:20])], nlp=nlp))
    text = "\n".join(lines * times)
    began = process_time()
    statement = read_statement(text)
    read = process_time() - began
    tokens = sum(len(doc) for doc in annotation.annotate_statements([statement], nlp=nlp))
    return {
        "seconds": process_time() - began,
        "statement": read,
        "tokens": tokens,
        "characters": len(text),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["stock", "shares", "growth"])
    parser.add_argument("--kernel", choices=["blis", "openblas"], default="blis")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("lines", type=Path)
    given = parser.parse_args()
    lines = given.lines.read_text(encoding="utf-8").splitlines()
    result = {
        "stock": lambda: stock(lines, given.kernel),
        "shares": lambda: shares(lines),
        "growth": lambda: growth(lines, given.times),
    }[given.what]()
    result["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
