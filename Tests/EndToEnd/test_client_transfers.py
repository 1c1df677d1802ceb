"""`filmroom-client` and the sh drop kit against a real sshd, over links that are cut.

Whatever is cut, a drop arrives exactly once. Needs root, to make the accounts.
"""

import json
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
from pathlib import Path

import pytest

import bundles
import conftest
import product
from client_program import Client
from dicom_files import dicom_bytes, study_files
from site_under_test import sha256, wait_until
from ssh_server import ACCOUNTS, needs_sshd, programs, server, shared_site

__all__ = ["programs", "server", "shared_site"]

pytestmark = [pytest.mark.slow, *needs_sshd]
WAYS = ["rsync", "sftp", "scp"]


class CutLink:
    """A port that leads to another, and is cut when so many bytes have gone up, a number of times."""

    def __init__(self, port, cuts=0, every=1 << 20):
        self.target, self.cuts, self.every = port, cuts, every
        self.made = self.sent = self.since = 0
        self.lock, self.open = threading.Lock(), set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
                far = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                return
            self.open |= {near, far}
            for source, sink, is_up in ((near, far, True), (far, near, False)):
                threading.Thread(target=self.pump, args=(source, sink, is_up), daemon=True).start()

    def pump(self, source, sink, is_up):
        try:
            while piece := source.recv(1 << 16):
                if is_up and self.count(len(piece)):
                    break
                sink.sendall(piece)
        except OSError:
            pass
        for end in (source, sink):
            self.open.discard(end)
            end.close() if end.fileno() < 0 else self.close(end)

    @staticmethod
    def close(end):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        end.close()

    def count(self, byte_count):
        """Whether the link is cut now: this connection and every other."""
        with self.lock:
            self.sent += byte_count
            self.since += byte_count
            if self.made >= self.cuts or self.since < self.every:
                return False
            self.made += 1
            self.since = 0
        for end in list(self.open):
            self.close(end)
        return True

    def stop(self):
        self.listener.close()


@pytest.fixture
def link(server):
    made = []

    def make(**options):
        made.append(CutLink(server.port, **options))
        return made[-1]

    yield make
    for one in made:
        one.stop()


@pytest.fixture
def desk():
    place = Path(tempfile.mkdtemp(prefix="filmroom-desk-"))
    yield place
    shutil.rmtree(place)


@pytest.fixture
def client(server, shared_site, desk):
    """A party that is another account on the service's machine."""

    def make(way, port=None, party="northside"):
        client = Client(desk, f"ssh://{ACCOUNTS[party]}@127.0.0.1:{port or server.port}{shared_site.root}/spool", party)
        client.settings |= {"FILMROOM_VIA": way, "FILMROOM_SSH_OPTIONS": " ".join(server.options)}
        return client

    return make


def readable_by_the_party(site, party="northside"):
    """As the README says: the party's group reads what is its own."""
    outbound = site.root / "spool" / "outbound" / party
    subprocess.run(["chgrp", "-R", ACCOUNTS[party], outbound], check=True)
    subprocess.run(["find", outbound, "-type", "d", "-exec", "chmod", "2750", "{}", "+"], check=True)
    for folder in (site.root, *(site.root / "spool" / name for name in (".", "outbound", "incoming"))):
        folder.chmod(0o755)


def large_study(count=8, side=512):
    return {f"IM{n}": dicom_bytes(number=n, rows=side, columns=side) for n in range(1, count + 1)}


@pytest.mark.parametrize("way", WAYS)
def test_a_link_that_is_cut_three_times_delivers_exactly_once(way, client, link, shared_site, tmp_path):
    readable_by_the_party(shared_site)
    # sftp has 2 MB under way, which a cut loses.
    files = large_study(side=512 if way == "scp" else 1024)
    total = sum(map(len, files.values()))
    cut = link(cuts=3, every=total // 4)
    folder = bundles.make_folder(tmp_path, "day", files)
    with conftest.watching(shared_site):
        document = client(way, cut.port).json("send", folder, "--wait", "60s", seconds=150)
    (sent,) = document["sent"]
    assert cut.made == 3 and sent["interruptions"] >= 3
    assert sent["status"] == "accepted" and sent["receipt"]["drop"]["attested"] is True
    assert {f["sha256"] for f in sent["receipt"]["files"]} == {sha256(c) for c in files.values()}
    shared_site.run_once()
    assert [r["status"] for r in shared_site.receipts().values()] == ["accepted"] and shared_site.left() == []
    assert len(shared_site.instances()) == len(files)
    if way != "scp":  # which cannot go on with half a file
        assert cut.sent < 1.5 * total, "what had arrived was not sent again"


def test_a_link_that_is_cut_just_before_the_answer_delivers_exactly_once(client, server, shared_site, tmp_path):
    """The last rename is done, and nobody hears of it: what lies there tells."""
    readable_by_the_party(shared_site)
    archive = bundles.make_tar(tmp_path, "day.tar", study_files(count=3))
    deaf = tmp_path / "sftp"
    flag = tmp_path / "cut"
    flag.write_text("")
    deaf.write_text(
        '#!/bin/sh\ntmp=$(mktemp)\ncat > "$tmp"\n/usr/bin/sftp "$@" < "$tmp"\ncode=$?\n'
        f'if grep -q "rename.*/day.tar\\"$" "$tmp" && [ -e {flag} ]; then rm {flag}; sleep 2; echo "Connection closed" >&2; exit 255; fi\n'
        'rm "$tmp"; exit $code\n')
    deaf.chmod(0o755)
    party = client("sftp")
    party.settings["PATH"] = f"{tmp_path}:{os.environ['PATH']}"
    with conftest.watching(shared_site):
        (sent,) = party.json("send", archive, "--wait", "30s")["sent"]
    assert not flag.exists() and sent["interruptions"] == 1 and sent["status"] == "accepted"
    shared_site.run_once()
    assert [r["status"] for r in shared_site.receipts().values()] == ["accepted"] and shared_site.left() == []


@pytest.mark.parametrize("way", WAYS)
def test_folders_go_file_by_file_and_only_what_is_missing_again(way, client, shared_site, tmp_path):
    readable_by_the_party(shared_site)
    files = {f"series {n % 2}/IM{n}".replace(" ", "-"): c for n, c in enumerate(study_files(count=5).values())}
    folder = bundles.make_folder(tmp_path, "day", files)
    party = client(way)
    party.run("send", folder, "--form", "folder", "--no-wait")
    (there,) = (p for p in shared_site.incoming().iterdir() if p.is_dir())
    assert {str(p.relative_to(there)) for p in there.rglob("*") if p.is_file()} == set(files)
    subprocess.run(["chmod", "-R", "o+rwX", there], check=True)
    (there / "series-1" / "IM3").unlink()
    shared_site.adjust("images", holdIncompleteAfter="1s")
    with conftest.watching(shared_site):
        wait_until(lambda: any(shared_site.outbound().glob("*.incomplete.json")), 20)
        (sent,) = party.json("send", folder, "--form", "folder", "--wait", "60s", seconds=90)["sent"]
    assert sent["status"] == "accepted", sent
    assert sent["receipt"]["drop"]["attested"] is True
    assert {f["sha256"] for f in sent["receipt"]["files"]} == {sha256(c) for c in files.values()}


@pytest.mark.parametrize("way", WAYS)
def test_what_waits_is_fetched_over_a_cut_link_and_acknowledged_once(way, client, link, shared_site, tmp_path):
    readable_by_the_party(shared_site)
    shared_site.drop(bundles.make_tar(tmp_path, "day.tar", study_files("A-1", 3, rows=256, columns=256)))
    shared_site.run_once()
    request = {"type": "request", "id": "R-1", "exam": {"accessionNumber": "A-1"}, "purpose": "treatment"}
    shared_site.drop_file("R-1.json", json.dumps(request).encode(), kind="requests")
    shared_site.run_once()
    cut = link(cuts=2, every=9000)
    document = client(way, cut.port).json("fetch", "--kinds", "deliveries", seconds=120)
    (thing,) = document["things"]
    assert cut.made == 2 and thing["acknowledged"] and document["failures"] == []
    done = subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=thing["path"], capture_output=True)
    assert done.returncode == 0, done
    shared_site.run_once()
    assert list(shared_site.outbound(kind="deliveries").iterdir()) == []
    assert shared_site.left(kind="acks") == []


def test_what_cannot_pass_is_not_tried_again(client, server, shared_site, tmp_path):
    archive = bundles.make_tar(tmp_path, "day.tar", study_files(count=1))
    party = client("sftp")
    party.settings["FILMROOM_SSH_OPTIONS"] = "-F none -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null"
    run = party.run("send", archive, code=1)
    assert "Permission denied" in run.errors and "trying again" not in run.errors
    gone = client("rsync", port=1)
    run = gone.run("send", archive, "--attempts", "2", code=1)
    assert "given up after 2 attempts" in run.errors


def test_a_terminal_shows_a_bar_and_a_log_has_lines(client, link, shared_site, tmp_path):
    readable_by_the_party(shared_site)
    archive = bundles.make_tar(tmp_path, "day.tar", large_study(4))
    party = client("sftp")
    slow = tmp_path / "sftp"
    slow.write_text('#!/bin/sh\nexec /usr/bin/sftp -l 12000 "$@"\n')
    slow.chmod(0o755)
    party.settings["PATH"] = f"{tmp_path}:{os.environ['PATH']}"
    code, shown = party.at_a_terminal("send", archive, "--no-wait")
    assert code == 0 and "day.tar [#" in shown and " % " in shown, shown
    assert "\x1b" not in party.run("send", archive, "--name", "again.tar", "--no-wait").errors


@pytest.mark.parametrize("shell", [["dash"], ["busybox", "sh"]], ids=["dash", "busybox"])
def test_the_kit_does_everything_over_ssh(shell, server, link, shared_site, tmp_path, desk):
    if not shutil.which(shell[0]):
        pytest.skip(f"needs {shell[0]}")
    script = product.REPOSITORY / "Sources" / "filmroom-client" / "DropKit" / "filmroom-drop.sh"
    cut = link(cuts=1, every=1 << 19)

    def kit(*arguments, code=0):
        environment = {
            "PATH": "/usr/bin:/bin", "FILMROOM_PARTY": "northside",
            "FILMROOM_SERVER": f"{ACCOUNTS['northside']}@127.0.0.1:{shared_site.root}/spool",
            "FILMROOM_SSH_OPTIONS": " ".join([*server.options, "-o", f"Port={cut.port}"])}
        done = subprocess.run(
            [*shell, script, *map(str, arguments)], env=environment, capture_output=True, text=True, timeout=90)
        assert done.returncode == code, done
        return done

    readable_by_the_party(shared_site)
    archive = bundles.make_tar(tmp_path, "day.tar", large_study(3))
    with conftest.watching(shared_site):
        receipt = json.loads(kit("send", "images", archive, 30).stdout)
        assert (cut.made, cut.sent > 0) == (1, True)
        assert receipt["status"] == "accepted" and receipt["drop"]["attested"] is True
        request = tmp_path / "R-1.json"
        request.write_text(json.dumps({"type": "request", "id": "R-1", "exam": {"accessionNumber": "A-1001"}, "purpose": "treatment"}))
        kit("send", "requests", request, 30)
    shared_site.run_once()
    kit("fetch", "deliveries", desk)
    assert (desk / "deliveries" / "R-1" / "northside_A-1001" / "images" / "3.dcm").exists()
    shared_site.run_once()
    assert list(shared_site.outbound(kind="deliveries").iterdir()) == []
    assert pwd.getpwnam(ACCOUNTS["northside"]).pw_uid == shared_site.incoming().stat().st_uid
