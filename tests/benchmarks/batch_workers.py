"""How much faster two workers are than one, on this machine and on a local cluster of Dask, all in one run.

    python tests/benchmarks/batch_workers.py --repeat 3

Texts are the speeches of the corpus (SEIMEIBUN_CORPUS), else the samples of the repository. Times are those
of whole commands as the user sees them, and once more without start-up, which is the same command on one line.
Rounds take turns; the best of each counts, since others can only make it slower. Elapsed time means something
on an idle machine only, so the load is printed with it. The tables must have the same bytes however they were made.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parents[2]
ONE_LINE = "双方は、港の整備について協力することで一致した。\n"
ENGINES = {
    "one worker": ["--workers", "1"],
    "two workers": ["--workers", "2"],
    "Dask, local cluster of two": ["--workers", "2", "--engine", "dask"],
}


def texts():
    speeches = Path(os.environ.get("SEIMEIBUN_CORPUS", ROOT.parent / "shared")) / "speeches"
    return speeches if speeches.is_dir() else ROOT / "data/statements"


def annotate(sources, out, options):
    """Return the seconds that the command takes."""
    command = [sys.executable, "-m", "seimeibun", "annotate", str(sources), "-o", str(out), "-q"]
    began = perf_counter()
    subprocess.run([*command, *options], check=True)
    return perf_counter() - began


def tables(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


def measure(repeat, folder):
    line = folder / "line.txt"
    line.write_text(ONE_LINE, encoding="utf-8")
    whole = {name: [] for name in ENGINES}
    start = {name: [] for name in ENGINES}
    made = {}
    for turn in range(repeat):
        for name, options in ENGINES.items():
            start[name].append(annotate(line, folder / f"line {name} {turn}", options))
            out = folder / f"{name} {turn}"
            whole[name].append(annotate(texts(), out, options))
            made.setdefault("first", tables(out))
            if tables(out) != made["first"]:
                message = f"{name} made other tables"
                raise SystemExit(message)
    return whole, start


def report(whole, start):
    yield "| engine | seconds, whole | × one worker | without start-up | × one worker |"
    yield "|---|---|---|---|---|"
    best = {name: min(times) for name, times in whole.items()}
    rest = {name: best[name] - min(start[name]) for name in best}
    first = next(iter(best))
    for name in best:
        gain, net = best[first] / best[name], rest[first] / rest[name]
        yield f"| {name} | {best[name]:.1f} | {gain:.2f} | {rest[name]:.1f} | {net:.2f} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        for line in report(*measure(options.repeat, Path(name))):
            print(line)  # noqa: T201
    print(f"{os.cpu_count()} processors; load before {load:.2f}; the tables have the same bytes.")  # noqa: T201


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    main()
