"""How fast, against GiNZA on the same texts in the same run: prints tables in Markdown.

    python tests/benchmarks/run.py --chars 40000 --repeat 3 --growth 1,10,100

Texts are the speeches of the corpus (SEIMEIBUN_CORPUS), else the samples of the repository. Times are CPU
seconds (user and system) of whole processes, the median of ``--repeat`` rounds in which all take turns; the
time of the same command on one line is taken off, so that start-up is out. Only the row of two workers is
elapsed time, and means something on an idle machine only.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KERNELS = {
    "preset": {"OPENBLAS_CORETYPE": "Haswell"},  # what test machines often set
    "unset": {},  # what the processor deserves
}
ONE_LINE = "双方は、港の整備について協力することで一致した。"
ROWS = {
    "ginza": "`ginza`, CoNLL-U",
    "stock-blis": "stock `nlp.pipe`, batch 32, BLIS",
    "stock-openblas": "stock `nlp.pipe`, batch 32, OpenBLAS",
    "seimeibun": "`seimeibun annotate`, all layers, all tables",
}


@dataclass(frozen=True)
class Usage:
    cpu: float
    elapsed: float
    peak_mb: float
    output: str = ""


def corpus_folder():
    folder = Path(os.environ.get("SEIMEIBUN_CORPUS", ROOT.parent / "shared")) / "speeches"
    return folder if folder.is_dir() else ROOT / "data" / "statements"


def texts_of(folder, chars):
    """Return texts of ``folder``, newest first, ``chars`` in all."""
    texts = []
    for path in sorted(folder.glob("*.txt"), reverse=True):
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:  # a sample in another encoding
            continue
        texts.append(text[: chars - sum(map(len, texts))])
        if sum(map(len, texts)) >= chars:
            break
    return [text for text in texts if text.strip()]


def spent(command, environment):
    """Run ``command`` and return what it and its children used."""
    began = perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out, tempfile.TemporaryFile("w+") as err:
        process = subprocess.Popen(
            command, env=environment, stdout=out, stderr=err, stdin=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        elapsed = perf_counter() - began
        if process.returncode:
            err.seek(0)
            message = f"{command} ended with {process.returncode}: {err.read()[-2000:]}"
            raise RuntimeError(message)
        out.seek(0)
        cpu = usage.ru_utime + usage.ru_stime
        return Usage(cpu, elapsed, usage.ru_maxrss / 1024, out.read())


class Bench:
    """The texts in a folder, and the commands that read them."""

    def __init__(self, folder, texts, kernel):
        self.folder = folder
        self.chars = sum(len(text) for text in texts)
        self.environment = {
            **{k: v for k, v in os.environ.items() if k != "OPENBLAS_CORETYPE"},
            "OPENBLAS_NUM_THREADS": "1",
            **KERNELS[kernel],
        }
        for name, contents in (("all", texts), ("one", [ONE_LINE])):
            (folder / name).mkdir(parents=True)
            lines = [line for text in contents for line in text.splitlines() if line.strip()]
            (folder / f"{name}.lines").write_text("\n".join(lines), encoding="utf-8")
            for number, text in enumerate(contents):
                (folder / name / f"text-{number:02}.txt").write_text(text, encoding="utf-8")

    def command(self, row, size, *options):
        lines, out = self.folder / f"{size}.lines", self.folder / "out"
        bin_ = Path(sys.executable).parent
        return [
            str(part)
            for part in {
                "ginza": [
                    bin_ / "ginza",
                    "-m",
                    "ja_ginza",
                    "-o",
                    out.with_suffix(".conllu"),
                    lines,
                ],
                "stock-blis": self.inside("stock", lines, "--kernel", "blis"),
                "stock-openblas": self.inside("stock", lines, "--kernel", "openblas"),
                "seimeibun": [
                    *(sys.executable, "-m", "seimeibun", "annotate", self.folder / size),
                    *("-o", out, "--force", "--prune", "--quiet", *options),
                ],
            }[row]
        ]

    def inside(self, *arguments):
        return [sys.executable, HERE / "inside.py", *arguments]

    def spent(self, row, size, *options):
        return spent(self.command(row, size, *options), self.environment)

    def told(self, *arguments):
        """Return what a process of ``inside.py`` says."""
        return json.loads(
            spent([str(part) for part in self.inside(*arguments)], self.environment).output
        )


def compare(bench, repeat):
    """Return, by row, seconds without start-up, start-up and the peak, all rows taking turns."""
    rounds = [
        {row: {size: bench.spent(row, size) for size in ("one", "all")} for row in ROWS}
        for _ in range(repeat)
    ]
    return {
        row: (
            median(r[row]["all"].cpu - r[row]["one"].cpu for r in rounds),
            median(r[row]["one"].cpu for r in rounds),
            max(r[row]["all"].peak_mb for r in rounds),
        )
        for row in ROWS
    }


def compared(results, chars, name):
    lines = [
        f"| {name} | characters/s | × `ginza` | × stock BLIS | × stock OpenBLAS | start-up s | peak MB |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for row, (seconds, start, peak) in results.items():
        ratios = [results[other][0] / seconds for other in list(ROWS)[:3]]
        numbers = [f"{chars / seconds:,.0f}", *(f"{ratio:.2f}" for ratio in ratios)]
        lines.append(f"| {ROWS[row]} | {' | '.join(numbers)} | {start:.1f} | {peak:,.0f} |")
    return lines


def shares(bench):
    told = bench.told("shares", bench.folder / "all.lines")
    parts = sorted(told["parts"].items(), key=lambda item: -item[1])
    lines = ["| part of `annotate` | µs a token | share |", "|---|--:|--:|"]
    lines += [
        f"| {name} | {1e6 * seconds / told['tokens']:.1f} | {seconds / told['seconds']:.1%} |"
        for name, seconds in parts
        if seconds / told["seconds"] >= 0.001
    ]
    return lines


def growth(bench, times):
    """Return the table of one statement 1×, 10×, … as long as the first."""
    lines = ["| statement | characters | µs a character | against the first | peak MB |"]
    lines.append("|---|--:|--:|--:|--:|")
    first = None
    for number in times:
        told = bench.told("growth", "--times", number, bench.folder / "all.lines")
        rate = 1e6 * told["seconds"] / told["characters"]
        first = first or rate
        lines.append(
            f"| {number}× | {told['characters']:,} | {rate:.1f} | {rate / first:.2f} | {told['peak_mb']:,.0f} |"
        )
    return lines


def enumerations(bench):
    """Return the table of statements that repeat a clause or a sign in one sentence."""
    lines = ["| one sentence of | tokens | CPU s | against half as much |", "|---|--:|--:|--:|"]
    for told in bench.told("enumerations", bench.folder / "one.lines")["enumerations"]:
        ratio = told["whole"] / max(told["half"], 1e-3)
        name = f"`{told['unit']}` × {told['number']:,}"
        lines.append(f"| {name} | {told['tokens']:,} | {told['whole']:.2f} | {ratio:.1f} |")
    return lines


def workers(bench, repeat):
    elapsed = {
        count: median(
            bench.spent("seimeibun", "all", "--workers", str(count)).elapsed
            - bench.spent("seimeibun", "one", "--workers", str(count)).elapsed
            for _ in range(repeat)
        )
        for count in (1, 2)
    }
    return [
        f"Two workers against one, elapsed: {elapsed[1] / elapsed[2]:.2f}× ({os.cpu_count()} processors)."
    ]


def machine():
    names = [
        line.partition(":")[2].strip()
        for line in _lines("/proc/cpuinfo")
        if line.startswith("model name")
    ]
    flags = next((line for line in _lines("/proc/cpuinfo") if line.startswith("flags")), "")
    widest = next((flag for flag in ("avx512f", "avx2") if f" {flag}" in flags), "no AVX2")
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return (
        f"{names[0] if names else platform.processor()}, {os.cpu_count()} processors, {widest}, "
        f"Python {platform.python_version()}, load average {load} before the run"
    )


def _lines(path):
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def report(arguments):
    """Yield the lines of the report, as they become known."""
    folder = corpus_folder()
    texts = texts_of(folder, arguments.chars)
    yield f"{machine()}; {len(texts)} texts, {sum(map(len, texts)):,} characters of `{folder.name}`; median of {arguments.repeat}."
    for kernel in arguments.kernels:
        with tempfile.TemporaryDirectory() as temporary:
            bench = Bench(Path(temporary), texts, kernel)
            chosen = bench.told("kernel", bench.folder / "one.lines")["kernel"]
            name = f"{kernel} kernel ({chosen})" if chosen else f"{kernel} kernel"
            yield from ["", *compared(compare(bench, arguments.repeat), bench.chars, name)]
            if kernel == arguments.kernels[0]:
                yield from ["", *shares(bench)]
                if arguments.workers:
                    yield from ["", *workers(bench, arguments.repeat)]
    if arguments.growth:
        with tempfile.TemporaryDirectory() as temporary:
            bench = Bench(Path(temporary), [texts[0][: arguments.unit]], arguments.kernels[0])
            yield from ["", *growth(bench, arguments.growth)]
            yield from ["", *enumerations(bench)]


def numbers(text):
    return [int(part) for part in text.split(",") if part]


def main(given=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--chars", type=int, default=40_000, help="characters of text")
    parser.add_argument("--repeat", type=int, default=3, help="rounds; the median counts")
    parser.add_argument(
        "--kernels", type=lambda text: text.split(","), default=list(KERNELS), help="preset,unset"
    )
    parser.add_argument(
        "--growth", type=numbers, default=[1, 10, 100], help="multiples; '' for none"
    )
    parser.add_argument("--unit", type=int, default=3_000, help="characters of the 1× statement")
    parser.add_argument(
        "--workers",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="two workers against one as well, in elapsed time",
    )
    parser.add_argument("--markdown", type=Path, help="also write the report to this file")
    arguments = parser.parse_args(given)
    lines = []
    for line in report(arguments):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
        lines.append(line)
    if arguments.markdown:
        arguments.markdown.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
