"""What a comparison costs beside the annotation that it rests on: processor time of both, in one run.

    python tests/benchmarks/compare_cost.py speeches --by decade 2000-2009 --by year

Every command runs in a process of its own, with everything that it writes: tables, workbook, plots, page.
``--by`` takes a column, or a column and a group that is held against the rest. Annotation and comparisons
take turns, and the medians count: on a busy machine processor time says little, and the ratio more.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path


def cost(*arguments: str) -> float:
    """Return the processor seconds (user and system) of a ``seimeibun`` command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "seimeibun", *arguments, "-q"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sources", help="folder of statements")
    parser.add_argument("--by", nargs="+", action="append", metavar=("COLUMN", "GROUP"))
    parser.add_argument("--metadata", help="CSV that is joined to the documents")
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    joined = ["--metadata", options.metadata] if options.metadata else []
    spent: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        dataset, out = str(Path(folder) / "dataset"), str(Path(folder) / "out")
        for _ in range(options.rounds):
            annotation = cost("annotate", options.sources, "-o", dataset, "--force")
            spent.setdefault("annotate", []).append(annotation)
            for column, *group in options.by or [["decade"], ["year"]]:
                target = ["--target", group[0]] if group else []
                found = cost("compare", dataset, "-o", out, "--by", column, *target, *joined)
                spent.setdefault(" ".join([column, *group]), []).append(found)
    whole = statistics.median(spent["annotate"])
    print("command", "seconds", "of_annotate", sep="\t")  # noqa: T201
    for name, seconds in spent.items():
        median = statistics.median(seconds)
        print(name, f"{median:.1f}", f"{median / whole:.2f}", sep="\t")  # noqa: T201


if __name__ == "__main__":
    main()
