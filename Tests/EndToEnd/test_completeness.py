"""When a drop is complete: nothing is taken before, and everything after."""

import os
import subprocess
import time

import bundles
import pytest
from conftest import watching
from dicom_files import dicom_bytes, study_files
from site_under_test import SETTLE_SECONDS, attestation, sha256, wait_until

FILES = study_files(count=4)
NOW, LATER = "2026-11-20T12:00:00+09:00", "2026-11-23T12:00:00+09:00"


@pytest.mark.parametrize("name", [".hidden.dcm", "a.dcm.part", "a.partial", "a.tmp", "a.dcm.filepart"])
def test_names_never_looked_at(name, site):
    path = site.drop_file(name, FILES["IM1"])
    site.run_once()
    assert site.receipts() == {} and path.exists()


def test_names_inside_a_folder_that_are_never_looked_at(site, tmp_path):
    folder = bundles.make_folder(tmp_path, "day", {**FILES, ".IM9.Xa12": b"x", "IM8.part": b"x", ".d/IM7": FILES["IM1"]})
    receipt = site.take(folder, attested=False)
    assert sorted(f["path"] for f in receipt["files"]) == sorted(FILES)


@pytest.mark.parametrize("share", [10, 50, 90, 99])
@pytest.mark.parametrize("form", ["zip", "tar", "tar.gz", "7z", "dcm"])
def test_truncated_is_never_taken_unattested(form, share, site, tmp_path):
    name = f"day.{form}"
    whole = {
        "zip": lambda: bundles.make_zip(tmp_path, name, FILES).read_bytes(),
        "tar": lambda: bundles.make_tar(tmp_path, name, FILES).read_bytes(),
        "tar.gz": lambda: bundles.make_tar(tmp_path, name, FILES, mode="w:gz").read_bytes(),
        "7z": lambda: bundles.make_7z(tmp_path, name, FILES).read_bytes(),
        "dcm": lambda: FILES["IM1"],
    }[form]()
    cut = whole[: len(whole) * share // 100]
    path = site.drop_file(name, cut, attested=False)
    site.run_once()
    assert site.receipts() == {}
    assert path.read_bytes() == cut


def test_tar_without_its_end_blocks_waits(site, tmp_path):
    whole = bundles.make_tar(tmp_path, "day.tar", FILES).read_bytes().rstrip(b"\0")
    site.drop_file("day.tar", whole + bytes(-len(whole) % 512), attested=False)
    site.run_once()
    assert site.receipts() == {}


@pytest.mark.parametrize("form", ["zip", "tar"])
def test_preallocated_file_with_an_empty_tail_waits(form, site, tmp_path):
    maker = bundles.make_zip if form == "zip" else bundles.make_tar
    whole = maker(tmp_path, "day", {f"IM{n}": dicom_bytes(number=n, rows=128, columns=128) for n in range(8)}).read_bytes()
    half = len(whole) // 2
    path = site.drop_file(f"day.{form}", whole[:half] + bytes(len(whole) - half), attested=False)
    site.run_once()
    assert site.receipts() == {}
    path.write_bytes(whole)
    site.run_once()
    assert site.receipt(f"day.{form}")["status"] == "accepted"


def test_growing_file_is_taken_once_and_whole(site, tmp_path):
    whole = bundles.make_tar(tmp_path, "day.tar", study_files(count=6, rows=128, columns=128)).read_bytes()
    with watching(site):
        with (site.incoming() / "day.tar").open("wb") as file:
            for start in range(0, len(whole), len(whole) // 12):
                file.write(whole[start : start + len(whole) // 12])
                file.flush()
                time.sleep(SETTLE_SECONDS / 3)
                assert site.receipts() == {}
        wait_until(site.receipts)
        assert site.receipt("day.tar")["status"] == "accepted"
    assert len(site.receipts()) == 1


def test_settle_is_waited_out(site):
    site.adjust("images", settle="1s")
    started = time.monotonic()
    site.take_file("one.dcm", FILES["IM1"], attested=False)
    assert time.monotonic() - started >= 1


def test_old_mtime_is_no_evidence(site):
    site.adjust("images", settle="2s")
    with watching(site):
        path = site.drop_file("one.dcm", FILES["IM1"], attested=False)
        os.utime(path, (0, 0))
        time.sleep(1)
        assert site.receipts() == {}
        wait_until(site.receipts)


def test_folder_with_a_stalled_sender_becomes_two_drops(site, tmp_path):
    folder = bundles.make_folder(tmp_path, "day", {n: FILES[n] for n in ("IM1", "IM2")})
    first = site.take(folder, attested=False)
    assert first["status"] == "accepted" and first["drop"]["attested"] is False
    second = site.take(bundles.make_folder(tmp_path / "later", "day", {n: FILES[n] for n in ("IM3", "IM4")}), attested=False)
    assert second["status"] == "accepted" and second["drop"]["id"] != first["drop"]["id"]
    assert site.unpacked(tmp_path / "u") == sorted(map(sha256, FILES.values()))


def test_folder_with_a_file_that_is_not_whole_waits(site, tmp_path):
    folder = bundles.make_folder(tmp_path, "day", {"IM1": FILES["IM1"], "IM2": FILES["IM2"][:2000]})
    path = site.drop(folder, attested=False)
    site.run_once()
    assert site.receipts() == {} and (path / "IM2").exists()
    (path / "IM2").write_bytes(FILES["IM2"])
    site.run_once()
    assert [f["status"] for f in site.receipt("day")["files"]] == ["stored", "stored"]


def test_attestation_without_its_end_line_waits(site):
    path = site.drop_file("one.dcm", FILES["IM1"], attested=False)
    text = attestation(path)
    checksum = path.with_name("one.dcm.sha256")
    checksum.write_bytes(text[: text.index(b"# end")])
    site.run_once()
    assert site.receipts() == {}
    checksum.write_bytes(text)
    site.run_once()
    assert site.receipt("one.dcm")["drop"]["attested"] is True
    assert not checksum.exists()


def test_attestation_that_does_not_match_waits_and_completes(site):
    path = site.drop_file("one.dcm", FILES["IM1"])
    path.write_bytes(FILES["IM2"])
    site.run_once()
    assert site.receipts() == {}
    path.write_bytes(FILES["IM1"])
    site.run_once()
    assert site.receipt("one.dcm")["status"] == "accepted"


def test_attested_and_bad_inside_is_not_waited_for(site, tmp_path):
    whole = bundles.make_zip(tmp_path, "day.zip", FILES).read_bytes()
    receipt = site.take_file("day.zip", whole[: len(whole) // 2])
    assert receipt["status"] in ("quarantined", "partial") and receipt["drop"]["attested"] is True


def check_incomplete(site, name, missing):
    receipt = site.receipts()[f"images.{name}.incomplete.json"]
    assert receipt["status"] == "incomplete" and receipt["reason"]
    assert sorted(receipt["missing"]) == sorted(missing)
    return site.outbound() / f"images.{name}.missing"


@pytest.mark.parametrize("form", ["folder", "bag"])
def test_incomplete_then_completed_with_rsync(form, site, tmp_path):
    inner = {f"s{n % 2}/IM {n}": c for n, c in enumerate(FILES.values())}
    prefix = "data/" if form == "bag" else ""
    source = (bundles.make_bag if form == "bag" else bundles.make_folder)(tmp_path, "day", inner)
    path = site.drop(source, attested=False)
    if form == "folder":
        (path.parent / "day.sha256").write_bytes(attestation(source))
    absent, damaged = prefix + "s0/IM 2", prefix + "s1/IM 3"
    (path / absent).unlink()
    (path / damaged).write_bytes(b"x" * 100)

    site.run_once("--as-of", NOW)
    assert site.receipts() == {}
    site.run_once("--as-of", LATER)
    listing = check_incomplete(site, "day", [absent, damaged])

    subprocess.run(["rsync", "-a", "--files-from", listing, f"{source}/", f"{path}/"], check=True)
    site.run_once("--as-of", LATER)
    assert [r["status"] for r in site.receipts().values()] == ["accepted"]
    assert not listing.exists() and not (site.outbound() / "images.day.incomplete.json").exists()
    assert site.left() == []


def test_incomplete_file(site):
    path = site.drop_file("day.zip", b"the whole of it")
    path.write_bytes(b"the who")
    site.run_once("--as-of", NOW)
    site.run_once("--as-of", LATER)
    listing = check_incomplete(site, "day.zip", ["day.zip"])
    assert listing.read_text() == "day.zip\n"


def test_unattested_and_truncated_becomes_incomplete(site):
    site.drop_file("cut.dcm", FILES["IM1"][:3000], attested=False)
    site.run_once("--as-of", NOW)
    site.run_once("--as-of", LATER)
    check_incomplete(site, "cut.dcm", ["cut.dcm"])


def test_an_attestation_that_comes_alone_is_reported(site, tmp_path):
    (tmp_path / "one.dcm").write_bytes(FILES["IM1"])
    (site.incoming() / "one.dcm.sha256").write_bytes(attestation(tmp_path / "one.dcm"))
    site.run_once("--as-of", NOW)
    site.run_once("--as-of", LATER)
    check_incomplete(site, "one.dcm", ["one.dcm"])
