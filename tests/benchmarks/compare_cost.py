"""What a comparison costs beside the annotation that it rests on: time and processor time of both, in one run.

    python tests/benchmarks/compare_cost.py speeches --by decade 2000-2009 --by year

Every command runs in a process of its own, with everything that it writes: tables, workbook, plots, page.
``--by`` takes a column, or a column and a group that is held against the rest. Annotation and comparisons
take turns, and the medians count. Time means something on an idle machine only.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple


class Cost(NamedTuple):
    """Seconds of a command: that passed, and of processors (user and system)."""

    elapsed: float
    cpu: float


def cost(*arguments: str) -> Cost:
    """Return what a ``seimeibun`` command costs."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "-m", "seimeibun", *arguments, "-q"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    after, elapsed = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - began
    return Cost(elapsed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sources", help="folder of statements")
    parser.add_argument("--by", nargs="+", action="append", metavar=("COLUMN", "GROUP"))
    parser.add_argument("--metadata", help="CSV that is joined to the documents")
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    joined = ["--metadata", options.metadata] if options.metadata else []
    spent: dict[str, list[Cost]] = {}
    with tempfile.TemporaryDirectory() as folder:
        dataset, out = str(Path(folder) / "dataset"), str(Path(folder) / "out")
        for _ in range(options.rounds):
            annotation = cost("annotate", options.sources, "-o", dataset, "--force")
            spent.setdefault("annotate", []).append(annotation)
            for column, *group in options.by or [["decade"], ["year"]]:
                target = ["--target", group[0]] if group else []
                found = cost("compare", dataset, "-o", out, "--by", column, *target, *joined)
                spent.setdefault(" ".join([column, *group]), []).append(found)
    typical = {name: Cost(*map(median, zip(*costs, strict=True))) for name, costs in spent.items()}
    whole = typical["annotate"]
    print("command", "seconds", "of_annotate", "cpu_seconds", "of_annotate", sep="\t")  # noqa: T201
    for name, (elapsed, cpu) in typical.items():
        shares = f"{elapsed / whole.elapsed:.2f}", f"{cpu / whole.cpu:.2f}"
        print(name, f"{elapsed:.1f}", shares[0], f"{cpu:.1f}", shares[1], sep="\t")  # noqa: T201


if __name__ == "__main__":
    main()
