"""How memory and speed of a batch depend on the number of documents: they should not.

    python tests/benchmarks/batch_scale.py 1000 100000 --workers 2

The annotator is a stand-in, so what is measured is all else: planning, workers, journal, tables. Memory is the
most that all its processes have at one time of the run (Linux). On a machine that is busy
otherwise documents per second of CPU tell more than those per second.
"""

import argparse
import json
import os
import resource
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path


def annotate_by_stand_in(statements):
    """Yield Docs of long tokens, with years and one country as annotations."""
    import re

    from spacy.tokens import Doc

    from seimeibun.components import extensions
    from seimeibun.components.layers import write_layer
    from seimeibun.found import Found

    for statement in statements:
        words = [statement.text[i : i + 20] for i in range(0, len(statement.text), 20)]
        doc = Doc(VOCAB, words=words, spaces=[False] * len(words))
        doc.user_data[extensions.STATEMENT] = statement.to_dict()
        found = re.finditer(r"(\d{4})年", statement.text)
        dates = [Found(*m.span(), "DATE", m[1], "dates/year", {"edtf": m[1]}) for m in found]
        write_layer(doc, "dates", dates)
        names = [Found(m.start(), m.end(), "COUNTRY", "JPN", "gazetteer/countries", {"canonical": "日本国", "iso3": "JPN"}) for m in re.finditer("日本", statement.text)]  # fmt: skip
        write_layer(doc, "entities", names)
        yield doc


def run(sources, out, workers, report):
    """Run a batch, and put its seconds."""
    from spacy.vocab import Vocab

    global VOCAB
    VOCAB = Vocab()
    from seimeibun.batch.journal import Journal
    from seimeibun.batch.merge import write_tables
    from seimeibun.batch.plan import plan_batch
    from seimeibun.batch.run import annotate_plan
    from seimeibun.batch.workers import Workers
    from seimeibun.cli.progress import Silent

    idle = time.process_time()
    began = time.perf_counter()
    with Journal(out) as journal:
        plan = plan_batch([str(sources)], journal=journal)
        planned = time.perf_counter()
        tally = annotate_plan(
            plan, journal, lambda: annotate_by_stand_in, watcher=Silent(), engine=Workers(workers)
        )
        annotated = time.perf_counter()
        write_tables(journal, out, run_json=json.dumps)
    ended = time.perf_counter()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    report.put(
        {
            "documents": tally.annotated,
            "plan": planned - began,
            "annotate": annotated - planned,
            "tables": ended - annotated,
            "seconds": ended - began,
            "cpu_seconds": sum(usage.ru_utime + usage.ru_stime for usage in used) - idle,
        }
    )


def memory(pid):
    """Return the megabytes that a process and those below it take.

    Memory of their own counts in proportion where they share it, files that they map (code) once: how many
    other programs have the same files open must not matter.
    """
    own, files = 0, [0]
    for process in _tree(pid):
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        kilobytes = {line.split()[0]: int(line.split()[1]) for line in lines[1:]}
        own += kilobytes["Pss_Anon:"] + kilobytes["Pss_Shmem:"]
        files.append(kilobytes["Rss:"] - kilobytes["Anonymous:"])
    return (own + max(files)) / 1024


def _tree(pid):
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _tree(int(child))


def measure(count, workers, folder):
    sources, out = folder / "in", folder / "out"
    sources.mkdir()
    out.mkdir()
    for number in range(count):
        text = f"第{number}回日本・某国首脳会談に関する共同声明\n\n双方は、{1950 + number % 80}年に合意した。\n"
        (sources / f"{number:06}.txt").write_text(text, encoding="utf-8")
    context = get_context("spawn")
    report = context.Queue()
    process = context.Process(target=run, args=(sources, out, workers, report))
    process.start()
    peak = 0.0
    while process.is_alive():
        peak = max(peak, memory(process.pid))
        time.sleep(0.1)
    found = report.get()
    found |= {
        "peak_mb": peak,
        "documents_per_second": found["documents"] / found["seconds"],
        "documents_per_cpu_second": found["documents"] / found["cpu_seconds"],
    }
    return {name: round(value, 2) for name, value in found.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[1_000, 100_000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", help="where to work, such as /dev/shm")
    options = parser.parse_args()
    for count in options.counts:
        with tempfile.TemporaryDirectory(dir=options.folder) as name:
            print(json.dumps(measure(count, options.workers, Path(name))), flush=True)  # noqa: T201


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    main()
