"""Runs `filmroom-client` as a party does, and checks the form of what it prints."""

import json
import os
import pty
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import product
from site_under_test import schema

# Settings of whoever runs the tests are not those of the party.
CLEAN = {k: v for k, v in os.environ.items() if not k.startswith("FILMROOM_")}


@dataclass
class Run:
    code: int
    output: str
    errors: str

    @property
    def text(self):
        return self.output + self.errors


class Client:
    """A party at a desk of its own."""

    def __init__(self, desk, server=None, party="northside", **options):
        self.desk, self.party, self.options = Path(desk), party, options
        self.settings = {"FILMROOM_DESK": str(desk), "FILMROOM_PARTY": party, "TMPDIR": tempfile.gettempdir()}
        if server:
            self.settings["FILMROOM_SERVER"] = str(server)

    def command(self, *arguments):
        return [str(product.FOLDER / "filmroom-client"), *map(str, arguments)]

    def environment(self):
        return {**CLEAN, **self.settings}

    def start(self, *arguments, **options):
        return subprocess.Popen(
            self.command(*arguments), env=self.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, **self.options, **options)

    def run(self, *arguments, code=0, seconds=60, text=None):
        done = subprocess.run(
            self.command(*arguments), env=self.environment(), capture_output=True, text=True, timeout=seconds,
            **({"input": text} if text is not None else {"stdin": subprocess.DEVNULL}), **self.options)
        run = Run(done.returncode, done.stdout, done.stderr)
        assert code is None or run.code == code, (arguments, run)
        return run

    def json(self, *arguments, code=0, name=None, seconds=60):
        """Exactly one document on standard output, of the form that its schema says."""
        run = self.run(*arguments, "--json", code=code, seconds=seconds)
        document = json.loads(run.output)
        problems = [
            f"{list(e.absolute_path)}: {e.message}"
            for e in schema(f"client-{name or arguments[0]}").iter_errors(document)]
        assert not problems, (problems, run)
        return document

    def at_a_terminal(self, *arguments, answers=(), columns=100, seconds=60):
        """With a terminal as standard input and error; gives the exit code and what stood on it."""
        master, slave = pty.openpty()
        subprocess.run(["stty", "cols", str(columns), "rows", "40", "-echo"], stdin=slave, check=True)
        process = subprocess.Popen(
            self.command(*arguments), env=self.environment(), stdin=slave, stdout=slave, stderr=slave, **self.options)
        os.close(slave)
        os.write(master, "".join(f"{a}\n" for a in answers).encode())
        shown, end = b"", time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                piece = os.read(master, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        os.close(master)
        return process.wait(10), shown.decode("utf-8", "replace")
