"""Kill a writer of logs at random moments, and look for every decision that it said was on disk.

    python killing.py FOLDER KILLS

Run as a script of its own: the children are forks of a process without threads. Prints the number of
acknowledged decisions; exit 1 where one is lost.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from seimeibun.review.events import Event, Place, new_event_id, now
from seimeibun.review.log import Log, log_file, read_log


def decision(doc_id):
    place = Place(layer="entity", label="COUNTRY", start=0, end=2)
    return Event(
        event_id=new_event_id(), ts=now(), reviewer="suzuki", doc_id=doc_id, text_sha256="0" * 64, op="accept",
        span_id=f"{doc_id}#entity:0-2:COUNTRY", before=place, quote="日本", suffix="と" * random.randrange(20),
    )  # fmt: skip


def decide_until_killed(file, pipe):
    log = Log(file)
    while True:
        event = decision(file.doc_id)
        log.append(event)
        os.write(pipe, event.event_id.encode() + b"\n")  # the acknowledgement


def kill_one(file):
    """Start a writer, kill it, and return what it acknowledged."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            decide_until_killed(file, writer)
        finally:
            os._exit(1)
    os.close(writer)
    # one in five at any moment, also while the log is being opened; the others among its writes
    data = os.read(reader, 1) if random.random() < 0.8 else b""
    time.sleep(random.random() * 0.03)
    os.kill(child, signal.SIGKILL)
    while part := os.read(reader, 65536):
        data += part
    os.close(reader)
    os.waitpid(child, 0)
    return [line.decode() for line in data.split(b"\n")[:-1]]


def tear(file, random_):
    """Leave half a line at the end, as a machine does whose power goes."""
    line = decision(file.doc_id).to_line()
    with file.path.open("ab") as out:
        out.write(line[: random_.randrange(1, len(line) - 1)])


def main(folder, kills):
    random_ = random.Random(7)
    acknowledged = 0
    for number in range(kills):
        file = log_file(folder, f"doc{number // 25}", "suzuki")
        said = kill_one(file)
        acknowledged += len(said)
        have = [event.event_id for event in read_log(file).events]
        if lost := set(said) - set(have):
            sys.exit(f"lost after kill {number}: {sorted(lost)}")
        if len(set(have)) != len(have):
            sys.exit(f"twice after kill {number}")
        if file.path.exists() and random_.random() < 0.5:
            tear(file, random_)
            reading = read_log(file)
            if len(reading.events) != len(have):
                sys.exit(f"a torn line changed what stands, kill {number}: {reading.torn}")
    return acknowledged


if __name__ == "__main__":
    sys.stdout.write(str(main(Path(sys.argv[1]), int(sys.argv[2]))))
