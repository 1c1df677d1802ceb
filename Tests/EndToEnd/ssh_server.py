"""A real sshd on a loopback port, and a site in which parties and worker are different Unix accounts."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

import product
from site_under_test import Site, wait_until

needs_sshd = [
    pytest.mark.skipif(os.geteuid() != 0, reason="needs root: it makes Unix accounts and runs a sshd"),
    pytest.mark.skipif(not Path("/usr/sbin/sshd").exists(), reason="needs openssh-server"),
]
ACCOUNTS = {"northside": "frt-northside", "southside": "frt-southside", "worker": "frt-worker"}


class Server:
    """A sshd on a loopback port, with its accounts and keys."""

    def __init__(self, place):
        self.place = place
        for account in ACCOUNTS.values():
            remove_account(account)
            (place / account).mkdir()
            subprocess.run(
                ["useradd", "-M", "-d", place / account, "-s", "/bin/sh", "-p", "*", "-U", account], check=True)
            shutil.chown(place / account, account, account)
        self.user = place / "user_key"
        host = place / "host_key"
        for key in (self.user, host):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
        keys = place / "keys"
        keys.mkdir(mode=0o755)
        for account in ACCOUNTS.values():
            shutil.copy(f"{self.user}.pub", keys / account)
            (keys / account).chmod(0o644)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        (place / "sshd_config").write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {host}\nPidFile none\nUsePAM no\nStrictModes no\n"
            f"AuthorizedKeysFile {keys}/%u\nPasswordAuthentication no\nSubsystem sftp internal-sftp\nMaxStartups 100\n"
        )
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        self.log = (place / "sshd.log").open("wb")
        self.process = subprocess.Popen(
            ["/usr/sbin/sshd", "-D", "-e", "-f", place / "sshd_config"], stdin=subprocess.DEVNULL, stdout=self.log,
            stderr=self.log)
        wait_until(self.is_up)

    def is_up(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    @property
    def options(self):
        return [
            "-i", str(self.user), "-F", "none", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
            "-o", "LogLevel=ERROR", "-o", "BatchMode=yes",
        ]

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.log.close()
        for account in ACCOUNTS.values():
            remove_account(account)


def remove_account(account):
    with contextlib.suppress(KeyError):
        pwd.getpwnam(account)
        subprocess.run(["userdel", account], check=True, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def server():
    place = Path(tempfile.mkdtemp(prefix="filmroom-ssh-"))
    place.chmod(0o755)
    running = Server(place)
    yield running
    running.stop()
    shutil.rmtree(place)


@pytest.fixture(scope="module")
def programs(server):
    """A copy of the programs that every account may run."""
    target = server.place / "programs"
    if not target.exists():
        target.mkdir(mode=0o755)
        for path in product.FOLDER.iterdir():
            if path.name.startswith("filmroom") and path.is_file() and os.access(path, os.X_OK):
                shutil.copy(path, target)
    return target


@pytest.fixture
def shared_site(server, programs, tmp_path, monkeypatch):
    """A site of the worker's account, in which each party owns its folders and the worker's group may claim."""
    monkeypatch.setattr(product, "FOLDER", programs)
    home = Path(tempfile.mkdtemp(prefix="site-", dir=server.place))
    worker = pwd.getpwnam(ACCOUNTS["worker"])
    shutil.chown(home, worker.pw_name, worker.pw_gid)
    home.chmod(0o755)
    account = {"user": worker.pw_uid, "group": worker.pw_gid, "extra_groups": [], "umask": 0o022}
    site = Site(home / "site", **account)
    site.run_once()
    for party in ("northside", "southside"):
        for way, mode in (("incoming", 0o2770), ("outbound", None)):
            folder = site.root / "spool" / way / party
            for path in folder.iterdir():
                if mode:
                    os.chown(path, pwd.getpwnam(ACCOUNTS[party]).pw_uid, worker.pw_gid)
                    path.chmod(mode)
    return site
