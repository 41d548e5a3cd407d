"""The batch with the model itself, as a process of its own that is killed in the middle."""

import os
import signal
import subprocess
import sys
import time

import pytest

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(sys.platform == "win32", reason="needs process groups"),
]


def _annotate(out, workers):
    command = [sys.executable, "-m", "seimeibun", "annotate", "in", "-o", out, "-w", str(workers)]
    return subprocess.Popen(command, start_new_session=True, stderr=subprocess.PIPE, text=True)


def test_killed_with_two_workers_and_run_again_it_has_the_bytes_of_one(files, dataset):
    for number in range(6):
        lines = [
            f"双方は、{2020 + n}年までに{n + 1}億円を供与することで一致した。" for n in range(12)
        ]
        text = f"第{number}回日本・ベトナム首脳会談に関する共同声明\n\n" + "\n".join(lines)
        (files / f"in/{number}.txt").write_text(text, encoding="utf-8")

    undisturbed = _annotate("undisturbed", 1)
    assert "seconds" in undisturbed.communicate()[1]
    killed = _annotate("out", 2)
    line = ""
    while not line.startswith("[3/"):
        line = killed.stderr.readline()
        assert line, "ended before it could be killed"
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    time.sleep(0.1)
    assert not (files / "out/documents.csv").exists()
    again = _annotate("out", 2)
    said = again.communicate()[1]

    assert (undisturbed.returncode, again.returncode) == (0, 0)
    assert "kept as they were" in said
    assert dataset(files / "out") == dataset(files / "undisturbed")
