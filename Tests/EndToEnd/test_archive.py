"""verify finds what is not as it was stored, and names the exam; rebuild makes the catalogue anew."""

import shutil
import subprocess

import pytest

import bundles
from dicom_files import dicom_bytes, study_files
from site_under_test import sha256


@pytest.fixture
def stored(site, tmp_path):
    """Two exams of two series each, and a conflict."""
    for accession in ("A-1", "A-2"):
        files = {**study_files(accession, 2), **study_files(accession, 2, prefix="S2-", series="2")}
        site.drop(bundles.make_tar(tmp_path, f"{accession}.tar", files))
    site.drop_file("conflict.dcm", dicom_bytes("A-1", number=1, seed="other"), party="northside")
    site.drop_file("one.dcm", dicom_bytes("A-1"), party="southside")
    site.run_once()
    assert site.command("verify").code == 0
    return site


def pack_of(site, accession="A-2"):
    """A pack of an exam, by what plain `tar` shows."""
    for pack in sorted((site.root / "archive" / "fast" / "northside").rglob("*.tar")):
        text = subprocess.run(["tar", "-xOf", pack], check=True, capture_output=True).stdout
        if accession.encode() in text:
            return pack
    raise AssertionError(f"no pack of {accession}")


def findings(site):
    outcome = site.command("verify", code=2)
    assert "northside_A-2" in outcome.text, outcome
    assert "northside_A-1" not in outcome.text and "southside_A-1" not in outcome.text, outcome
    return outcome


def test_packs_are_plain_tar(stored):
    for pack in (stored.root / "archive").rglob("*.tar"):
        names = subprocess.run(["tar", "-tf", pack], check=True, capture_output=True, text=True).stdout.split()
        assert "pack.json" in names and len(names) >= 2


@pytest.mark.parametrize("place", [0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.9999])
def test_changed_byte(place, stored):
    pack = pack_of(stored)
    content = bytearray(pack.read_bytes())
    content[int(len(content) * place)] ^= 1
    pack.chmod(0o600)
    pack.write_bytes(content)
    findings(stored)


@pytest.mark.parametrize("change", ["extra byte", "missing byte", "missing block", "missing pack"])
def test_extra_or_missing(change, stored):
    pack = pack_of(stored)
    content = pack.read_bytes()
    pack.chmod(0o600)
    if change == "missing pack":
        pack.unlink()
    else:
        pack.write_bytes({"extra byte": content + b"\0", "missing byte": content[:-1], "missing block": content[:-512]}[change])
    findings(stored)


def test_extra_file(stored):
    pack = pack_of(stored)
    stranger = pack.with_name("stranger.tar")
    stranger.write_bytes(b"not of this archive")
    outcome = stored.command("verify", code=2)
    assert "stranger.tar" in outcome.text


def test_two_packs_changed_for_one_another(stored):
    first, second = pack_of(stored, "A-1"), pack_of(stored, "A-2")
    one, other = first.read_bytes(), second.read_bytes()
    for pack, content in ((first, other), (second, one)):
        pack.chmod(0o600)
        pack.write_bytes(content)
    outcome = stored.command("verify", code=2)
    assert "northside_A-2" in outcome.text and "northside_A-1" in outcome.text


def exams(site):
    return [site.find("--instances"), site.find(), site.find("--accession", "A-1", "--instances")]


@pytest.mark.parametrize("lost", [False, True], ids=["over the old one", "catalogue lost"])
def test_rebuild_makes_an_equal_catalogue(lost, stored):
    before = exams(stored)
    if lost:
        for path in (stored.root / "archive").glob("catalog.sqlite*"):
            path.unlink()
    stored.command("rebuild")
    assert exams(stored) == before
    assert stored.command("verify").code == 0
    receipt = stored.take_file("again.dcm", dicom_bytes("A-2"))
    assert receipt["status"] == "duplicate"
    new = stored.take_file("new.dcm", dicom_bytes("A-9"))
    assert new["status"] == "accepted"


def test_rebuild_needs_no_readable_catalogue_and_takes_held_drops_up(stored):
    held = stored.take_file("cut.dcm", dicom_bytes("A-8")[:3000])
    before = exams(stored)
    for path in (stored.root / "archive").glob("catalog.sqlite*"):
        path.write_bytes(b"no database " * 1000)
    assert stored.command("find", code=None).code == 1
    stored.command("rebuild")
    assert exams(stored) == before
    listed = stored.command("quarantine", "list").output
    assert held["drop"]["id"] in listed and "cut.dcm" in listed
    stored.command("quarantine", "release", held["drop"]["id"])
    assert stored.take_file("new.dcm", dicom_bytes("A-9"))["status"] == "accepted"


def test_find_by_every_key(stored):
    def keys(*arguments):
        return {(i["accessionNumber"], i["patientID"]) for i in stored.instances(*arguments)}

    assert keys("--accession", "A-2") == {("A-2", "P-1")}
    assert keys("--patient", "P-1") == {("A-1", "P-1"), ("A-2", "P-1")}
    assert keys("--modality", "CT") == set() and keys("--modality", "MG") == keys()
    assert keys("--from", "2026-11-20", "--to", "2026-11-20") == keys()
    assert keys("--from", "2026-11-21") == set() and keys("--to", "2026-11-19") == set()
    study = stored.instances("--accession", "A-2")[0]["studyInstanceUID"]
    assert keys("--study", study) == {("A-2", "P-1")}


def test_a_tier_that_is_not_mounted_takes_nothing(stored, tmp_path):
    fast = stored.root / "archive" / "fast"
    aside = tmp_path / "aside"
    shutil.move(fast, aside)
    fast.mkdir()
    stored.drop_file("new.dcm", dicom_bytes("A-9"))
    stored.run_once(code=None)
    assert "new.dcm" not in stored.statuses()
    assert not any(p.is_file() for p in fast.rglob("*.tar"))
    fast.rmdir()
    shutil.move(aside, fast)
    stored.run_once("--as-of", "2027-01-01T00:00:00Z")
    assert stored.receipt("new.dcm")["status"] == "accepted"
    assert sha256(dicom_bytes("A-9")) in stored.unpacked(tmp_path / "u")
