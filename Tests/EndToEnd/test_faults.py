"""What goes wrong around a site: disks that are full or away, a locked catalogue, workers that meet, senders that give up."""

import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import contextmanager

import pytest

import bundles
import product
from conftest import watching
from dicom_files import dicom_bytes, study_files
from site_under_test import attestation, wait_until


@contextmanager
def small_disk(path, size):
    """A file system of its own for a tier."""
    marker = (path / ".filmroom-tier").read_bytes()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", path], check=True)
    (path / ".filmroom-tier").write_bytes(marker)
    try:
        yield path
    finally:
        subprocess.run(["umount", "--lazy", path], check=True)


def status(site):
    return site.command("status", "--json").json()


def test_low_disk_pauses_intake_and_drops_stay_with_their_senders(site):
    site.adjust("storage", minimumFree="100%")
    site.drop_file("one.dcm", dicom_bytes("A-1"))
    outcome = site.run_once()
    assert "minimumFree" in outcome.errors and outcome.errors.count("intake pauses") == 1, outcome
    assert site.left() == ["one.dcm", "one.dcm.sha256"] and site.receipts() == {}
    assert "minimumFree" in status(site)["paused"] and status(site)["postponed"] == 0
    site.adjust("storage", minimumFree="0%")
    site.run_once()
    assert site.receipt("one.dcm")["status"] == "accepted" and status(site)["paused"] is None


def test_a_pause_ends_while_the_service_runs(site):
    site.take_file("zero.dcm", dicom_bytes("A-0"))
    marker = site.root / "archive" / "fast" / ".filmroom-tier"
    aside = site.root / "aside"
    marker.rename(aside)
    with watching(site):
        site.drop_file("one.dcm", dicom_bytes("A-1"))
        time.sleep(1)
        assert "one.dcm" not in site.statuses() and "one.dcm" in site.left()
        aside.rename(marker)
        wait_until(lambda: "one.dcm" in site.statuses(), 5)


def test_a_full_disk_is_waited_out_and_loses_nothing(site, tmp_path):
    """Growing waits while it is full; the drop is kept whole, and taken when there is room."""
    site.adjust("images", retry={"first": "30s", "factor": 2, "cap": "1h", "giveUpAfter": "5d"})
    site.adjust("storage", minimumFree="0%")
    day = bundles.make_tar(tmp_path, "day.tar", study_files("A-2", count=4, rows=600, columns=600))
    with small_disk(site.root / "archive" / "fast", "1m") as disk:
        site.command("status")
        site.drop(day)
        waits = []
        for moment in ("12:00:00", "12:00:31", "12:01:32"):
            outcome = site.run_once("--as-of", f"2026-11-20T{moment}Z", code=None)
            assert "No space left" in outcome.errors, outcome
            waits.append(int(outcome.errors.split("tried again in ")[1].split()[0]))
            assert "day.tar" not in site.statuses()
        assert waits == [30, 60, 120]
        assert "No space left" in status(site)["drops"][0]["error"]
        site.run_once("--as-of", "2026-11-20T12:02:00Z", code=None)
        assert status(site)["drops"][0]["attempts"] == 3, "looked at before its time"
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        site.run_once("--as-of", "2026-11-20T12:10:00Z")
        assert site.receipt("day.tar")["status"] == "accepted" and len(site.instances()) == 4
        assert site.command("verify").code == 0


def test_what_fails_for_too_long_is_handed_to_a_person(site, tmp_path):
    site.adjust("storage", minimumFree="0%")
    day = bundles.make_tar(tmp_path, "day.tar", study_files("A-2", count=4, rows=600, columns=600))
    with small_disk(site.root / "archive" / "fast", "1m") as disk:
        site.drop(day)
        for moment in ("2026-11-20T12:00:00Z", "2026-11-21T12:00:00Z"):
            site.run_once("--as-of", moment, code=None)
            assert "day.tar" not in site.statuses()
        site.run_once("--as-of", "2026-11-27T12:00:00Z", code=None)
        receipt = site.receipt("day.tar")
        assert receipt["status"] == "quarantined" and "given up" in receipt["reason"], receipt
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        site.command("quarantine", "release", receipt["drop"]["id"])
        assert len(site.instances()) == 4


def test_a_locked_catalogue_is_waited_out(site):
    site.take_file("zero.dcm", dicom_bytes("A-0"))
    with watching(site):
        holder = sqlite3.connect(site.root / "archive" / "catalog.sqlite", isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        site.drop_file("one.dcm", dicom_bytes("A-1"))
        time.sleep(8)
        assert "one.dcm" not in site.statuses()
        holder.execute("ROLLBACK")
        holder.close()
        wait_until(lambda: "one.dcm" in site.statuses(), 20)


@pytest.mark.parametrize("workers", [2, 4])
def test_many_drops_of_one_party_and_several_workers(site, workers):
    """Every drop is taken once, and of two files with one UID the first stays the first."""
    count = 120
    for number in range(count):
        site.drop_file(f"{number:03}.dcm", dicom_bytes("A-1", number=number // 2, seed=str(number)))
    runs = [
        product.launch(["run", "--once", "--root", site.root], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(workers)
    ]
    errors = [run.communicate(timeout=120)[1].decode() for run in runs]
    assert [run.returncode for run in runs] == [0] * workers, errors
    site.run_once()
    receipts = {receipt["drop"]["name"]: receipt for receipt in site.receipts().values()}
    assert len(receipts) == count and site.left() == []
    for number in range(count):
        file = receipts[f"{number:03}.dcm"]["files"][0]
        assert file["status"] == ("conflict" if number % 2 else "stored"), (number, file)
    assert site.command("verify").code == 0
    private = [p for kind in ("active", "deferred", "quarantine") for p in (site.root / "spool" / kind).glob("[!.]*")]
    assert private == []


@contextmanager
def stopped_in_the_middle(site, tmp_path):
    """A worker that has a large bundle in hand and does not move."""
    big = bundles.make_tar(tmp_path, "big.tar", study_files("A-1", count=60, rows=1400, columns=1400))
    site.drop(big)
    process = product.launch(
        ["run", "--root", site.root], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: list((site.root / "archive" / "fast").glob(".staging/*/*")), 10, pause=0.002)
        process.send_signal(signal.SIGSTOP)
        yield process
    finally:
        process.send_signal(signal.SIGCONT)
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def test_rebuild_has_the_site_alone(site, tmp_path):
    site.take_file("zero.dcm", dicom_bytes("A-0"))
    with stopped_in_the_middle(site, tmp_path) as worker:
        outcome = site.command("rebuild", code=1)
        assert f"process {worker.pid}" in outcome.errors, outcome
    site.run_once()
    assert len(site.instances()) == 61
    assert not list((site.root / "archive").glob("*.new*"))


def test_verify_beside_an_intake_finds_nothing(site, tmp_path):
    day = bundles.make_tar(tmp_path, "day.tar", study_files("A-1", count=40, rows=300, columns=300))
    with watching(site):
        for number in range(6):
            site.drop(day, name=f"{number}.tar")
            site.drop(day, party="southside", name=f"{number}.tar")
            assert site.command("verify").code == 0
        wait_until(lambda: len(site.statuses("southside")) == 6, 30)


def test_a_sender_who_gives_up_is_not_told_any_more(site):
    path = site.drop_file("half.dcm", dicom_bytes("A-1")[:900], attested=False)
    (path.parent / "half.dcm.sha256").write_bytes(b"0" * 64 + b"  half.dcm\n# end 1\n")
    site.run_once("--as-of", "2026-11-20T12:00:00Z")
    site.run_once("--as-of", "2026-11-24T12:00:00Z")
    names = {p.name for p in site.outbound().iterdir()}
    stem = "images.half.dcm"
    assert names == {f"{stem}{end}" for end in (
        ".incomplete.json", ".incomplete.json.sha256", ".missing", ".missing.sha256")}
    path.unlink()
    (path.parent / "half.dcm.sha256").unlink()
    site.run_once("--as-of", "2026-11-24T12:00:00Z")
    assert list(site.outbound().iterdir()) == [] and status(site)["waiting"] == 0


def test_a_rebuilt_catalogue_reuses_no_receipt_and_no_number(site):
    first = site.take_file("one.dcm", dicom_bytes("A-1"))
    refused = site.take_file("letter.json", b"{}", kind="diagnoses")
    kept = {p.name: p.read_bytes() for p in site.outbound().iterdir()}
    site.command("rebuild")
    again = site.take_file("one.dcm", dicom_bytes("A-1"))
    assert first["status"] == "accepted" and refused["status"] == "refused" and again["status"] == "duplicate"
    assert again["drop"]["id"] > refused["drop"]["id"] > first["drop"]["id"]
    for name, content in kept.items():
        assert (site.outbound() / name).read_bytes() == content, name
    assert refused["drop"]["id"] in site.explain(refused["drop"]["id"])


def test_claims_that_a_rebuilt_catalogue_does_not_know_go_back(site, tmp_path):
    day = bundles.make_tar(tmp_path, "day.tar", study_files("A-2", count=2))
    claimed = site.root / "spool" / "active" / "d-000900"
    claimed.mkdir()
    shutil.copyfile(day, claimed / "drop")
    (claimed / "drop.sha256").write_text(attestation(day).decode().replace("day.tar", "late.tar"))
    (claimed / "origin").symlink_to("northside/images/late.tar")
    site.command("rebuild")
    assert site.left() == ["late.tar", "late.tar.sha256"] and not claimed.exists()
    site.run_once()
    assert site.receipt("late.tar")["status"] == "accepted"


def test_a_claim_that_says_nothing_of_its_party_is_left_to_a_person(site):
    claimed = site.root / "spool" / "active" / "d-000900"
    claimed.mkdir()
    (claimed / "drop").write_bytes(dicom_bytes("A-2"))
    outcome = site.run_once(code=None)
    assert "d-000900" in outcome.errors and (claimed / "drop").exists()
