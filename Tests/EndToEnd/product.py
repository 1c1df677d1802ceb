"""Runs the programs under test, each in a process of its own, and says what that cost."""

import json
import os
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("FILMROOM_BIN") or REPOSITORY / ".build" / "release").resolve()


@dataclass(repr=False)
class Outcome:
    """How a run ended."""

    arguments: list
    code: int
    output: str
    errors: str
    seconds: float
    peak_bytes: int

    @property
    def text(self):
        return self.output + self.errors

    def json(self):
        return json.loads(self.output)

    def __repr__(self):
        return f"filmroom {' '.join(map(str, self.arguments))}: exit {self.code}\n{self.output}\n{self.errors}"


class PeakMemory(threading.Thread):
    """Follows a process' high-water mark. (What wait4 tells counts the memory of the parent that it was forked from.)"""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.status = f"/proc/{pid}/status"
        self.peak_bytes = 0
        self.start()

    def run(self):
        while True:
            try:
                lines = dict(line.split(":", 1) for line in open(self.status).read().splitlines())
            except (FileNotFoundError, ProcessLookupError):
                return
            if "VmHWM" not in lines or "filmroom" not in lines["Name"]:
                if "Z" in lines["State"]:
                    return
            else:
                self.peak_bytes = max(self.peak_bytes, int(lines["VmHWM"].split()[0]) * 1024)
            time.sleep(0.005)


def launch(arguments, program=FOLDER / "filmroom", **options):
    return subprocess.Popen(
        [str(program), *map(str, arguments)], stdin=subprocess.DEVNULL, **{"cwd": "/", **options}
    )


def kill_after(seconds, arguments):
    """Runs `filmroom` and kills it after so many seconds.

    Returns whether it came to its end before.
    """
    process = launch(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False
    return True


def run(arguments, seconds=60, **options):
    """Runs `filmroom`, or another program, to its end, which must come within the time given, and not by a crash."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        started = time.monotonic()
        process = launch(arguments, stdout=output, stderr=errors, **options)
        late = threading.Timer(seconds, process.kill)
        late.start()
        memory = PeakMemory(process.pid)
        _, status, _ = os.wait4(process.pid, 0)
        took = time.monotonic() - started
        late.cancel()
        memory.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        outcome = Outcome(
            list(arguments), process.returncode, output.read().decode("utf-8", "replace"),
            errors.read().decode("utf-8", "replace"), took, memory.peak_bytes,
        )
    assert took < seconds, f"still running after {seconds} s\n{outcome}"
    assert outcome.code >= 0, f"killed by {signal.Signals(-outcome.code).name}\n{outcome}"
    return outcome
