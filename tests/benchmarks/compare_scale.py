"""How time and memory of a comparison grow: a dataset's documents repeated 1, 3, 10, 30, 100 times.

    python tests/benchmarks/compare_scale.py annotated --by decade

Every size runs in a process of its own, so that the memory is its own. The tables are repeated, not
annotated anew; each copy has its own ids. A ratio near 1 in the columns ``per_token`` and ``bytes_per_token``
of the last lines means linear growth.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

TIMES = (1, 3, 10, 30, 100)
FIELDS = ("times", "tokens", "seconds", "per_token", "megabytes", "bytes_per_token")


def repeated(tables: dict[str, pd.DataFrame], times: int) -> dict[str, pd.DataFrame]:
    """Return the tables with every document ``times`` times, under other ids.

    >>> tables = {"documents": pd.DataFrame({"doc_id": ["a", "b"], "year": [1, 2]})}
    >>> repeated(tables, 2)["documents"]["doc_id"].tolist()
    ['a_0', 'b_0', 'a_1', 'b_1']
    """
    result = {}
    for name, df in tables.items():
        if "doc_id" not in df.columns:
            result[name] = df
            continue
        parts = []
        for number in range(times):
            part = df.copy()
            for column in ("doc_id", "span_id"):
                if column in part.columns:
                    ids = {old: f"{old}_{number}" for old in part[column].unique()}
                    part[column] = part[column].map(ids).astype(object)
            parts.append(part)
        result[name] = pd.concat(parts, ignore_index=True)
    return result


def measure(folder: Path, times: int, by: str, target: str) -> list[tuple[str, float]]:
    """Return the processor time of each step of a comparison, and print the line of ``FIELDS``."""
    from seimeibun.compare.comparison import Comparison
    from seimeibun.compare.dataset import Dataset, read_folder
    from seimeibun.compare.report import Request, make_report

    base = read_folder(folder)
    dataset = Dataset(repeated(dict(base.tables), times))
    tokens = len(dataset["tokens"])
    steps: list[tuple[str, float]] = []

    def step(name: str, work: Callable[[], object]) -> None:
        start = time.process_time()
        work()
        steps.append((name, time.process_time() - start))

    cmp = Comparison(dataset)
    step("count", cmp.counts)
    step("all groups", lambda: make_report(cmp, Request(by=by)))
    if target:
        step("two groups", lambda: make_report(cmp, Request(by=by, target=target)))
    seconds = sum(seconds for _, seconds in steps)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # KiB on Linux
    values = (times, tokens, f"{seconds:.1f}", f"{1e6 * seconds / tokens:.1f}e-6", f"{peak:.0f}",
              f"{1024**2 * peak / tokens:.0f}")  # fmt: skip
    print(*values, sep="\t", flush=True)  # noqa: T201
    print("#", *(f"{name} {spent:.1f}" for name, spent in steps), file=sys.stderr)  # noqa: T201
    return steps


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("dataset", type=Path, help="folder that `seimeibun annotate` wrote")
    parser.add_argument("--by", default="decade")
    parser.add_argument("--target", default="", help="a group to hold against the rest as well")
    parser.add_argument("--times", type=int, nargs="*", default=TIMES)
    parser.add_argument("--one", action="store_true", help="measure in this process")
    options = parser.parse_args()
    if options.one:
        measure(options.dataset, options.times[0], options.by, options.target)
        return
    print(*FIELDS, sep="\t", flush=True)  # noqa: T201
    for times in options.times:
        command = [sys.executable, __file__, str(options.dataset), "--by", options.by, "--one",
                   "--target", options.target, "--times", str(times)]  # fmt: skip
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
