"""When a drop is complete: nothing is taken before, and everything after."""

import os
import subprocess
import time
import zipfile

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


FORMS = {
    "zip": lambda place, name, files: bundles.make_zip(place, name, files),
    "stored.zip": lambda place, name, files: bundles.make_zip(place, name, files, zipfile.ZIP_STORED),
    "nested.zip": lambda place, name, files: bundles.make_zip(
        place, name, {"in.zip": bundles.make_zip(place, "in.zip", files).read_bytes(), **files}, zipfile.ZIP_STORED),
    "tar": lambda place, name, files: bundles.make_tar(place, name, files),
    "tar.gz": lambda place, name, files: bundles.make_tar(place, name, files, mode="w:gz"),
    "tar.xz": lambda place, name, files: bundles.make_tar(place, name, files, mode="w:xz"),
    "tar.zst": lambda place, name, files: bundles.make_tar_zst(place, name, files),
    "7z": lambda place, name, files: bundles.make_7z(place, name, files),
    "iso": lambda place, name, files: bundles.make_disc(place, name, files),
    "dcm": lambda place, name, files: bundles.write_folder(place, {name: files["IM1"]}) / name,
    "": lambda place, name, files: bundles.write_folder(place, {name: files["IM1"]}) / name,
}
SMALL = {"IM1": dicom_bytes(rows=2, columns=2)}


@pytest.mark.parametrize("files", [SMALL, FILES], ids=["small", "large"])
@pytest.mark.parametrize("form", FORMS)
def test_truncated_is_never_taken_unattested(form, files, site, tmp_path):
    whole = FORMS[form](tmp_path, f"day.{form}".rstrip("."), files).read_bytes()
    lengths = {0, 1, 3, 5, 17, 60, 127, 131, 140, 511, 513, 2048, 33_000, 34_000, 36_000}
    lengths |= {len(whole) * share // 1000 for share in (5, 100, 250, 500, 750, 900, 990, 999)}
    # A tar's padding behind its end mark may be left off.
    end = len(whole.rstrip(b"\0")) // 512 * 512 + 1024 if form == "tar" else len(whole)
    cuts = {f"day{n}.{form}".rstrip("."): whole[:n] for n in {*lengths, end - 1} if n < end}
    assert len(cuts) > 5
    paths = {name: site.drop_file(name, cut, attested=False) for name, cut in cuts.items()}
    site.run_once()
    assert {r["drop"]["name"]: r["reason"] for r in site.receipts().values()} == {}
    assert {name: path.read_bytes() for name, path in paths.items()} == cuts


@pytest.mark.parametrize("form", ["zip", "7z", "tar.gz", "iso", "dcm", ""])
def test_a_file_that_was_given_its_size_before_it_was_written_waits(form, site):
    names = {f"day{n}.{form}".rstrip("."): n for n in (1, 600, 100_000)}
    for name, count in names.items():
        site.drop_file(name, bytes(count), attested=False)
    site.run_once()
    assert site.receipts() == {} and sorted(site.left()) == sorted(names)


@pytest.mark.parametrize(
    "name, content",
    [("IM9", b""), ("IM9.dcm", b""), ("IM9.dcm", b"\0" * 100), ("IM9", b"\0" * 131), ("more.zip", b"PK"), ("more.tar.xz", b"")])
def test_folder_with_a_file_that_has_hardly_begun_waits(name, content, site, tmp_path):
    site.drop(bundles.make_folder(tmp_path, "day", {"IM1": FILES["IM1"], name: content}), attested=False)
    site.run_once("--as-of", NOW)
    assert site.receipts() == {}
    site.run_once("--as-of", LATER)
    check_incomplete(site, "day", [name])


def test_small_texts_in_a_folder_are_not_waited_for(site, tmp_path):
    more = {"README": b"How to use this disc.\n", "empty.txt": b"", "thumb.png": b"\x89PNG"}
    receipt = site.take(bundles.make_folder(tmp_path, "day", {"IM1": FILES["IM1"], **more}), attested=False)
    assert receipt["status"] == "accepted", receipt
    assert {f["path"] for f in receipt["files"] if f["status"] == "ignored"} == set(more)


def test_a_cut_image_in_an_archive_of_a_folder_asks_for_the_archive(site, tmp_path):
    inner = bundles.make_zip(tmp_path, "in.zip", {"a/IM1": FILES["IM1"], "a/IM2": FILES["IM2"][:3000]}).read_bytes()
    site.drop(bundles.make_folder(tmp_path, "day", {"x/in.zip": inner, "IM3": FILES["IM3"]}), attested=False)
    site.run_once("--as-of", NOW)
    site.run_once("--as-of", LATER)
    assert "IM2" in site.receipts()["images.day.incomplete.json"]["reason"]
    check_incomplete(site, "day", ["x/in.zip"])


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


@pytest.mark.parametrize("absent", [[], ["data/IM4"]], ids=["all-there", "one-absent"])
def test_an_overdue_bag_names_all_that_is_damaged(absent, site, tmp_path):
    source = bundles.make_bag(tmp_path, "day", FILES)
    path = site.drop(source, attested=False)
    damaged = ["data/IM2", "bag-info.txt"]
    for name in damaged:
        (path / name).write_bytes((path / name).read_bytes() + b"x")
    for name in absent:
        (path / name).unlink()
    site.run_once("--as-of", NOW)
    assert site.receipts() == {}
    site.run_once("--as-of", LATER)
    listing = check_incomplete(site, "day", damaged + absent)

    subprocess.run(["rsync", "-a", "--files-from", listing, f"{source}/", f"{path}/"], check=True)
    site.run_once("--as-of", LATER)
    assert [r["status"] for r in site.receipts().values()] == ["accepted"]


def test_an_overdue_bag_with_a_file_too_many_still_waits(site, tmp_path):
    path = site.drop(bundles.make_bag(tmp_path, "day", FILES), attested=False)
    (path / "data" / "IM9").write_bytes(dicom_bytes(number=9))
    (path / "bag-info.txt").unlink()
    for moment in (NOW, LATER):
        site.run_once("--as-of", moment)
    assert site.receipts()["images.day.incomplete.json"]["reason"]
    assert site.instances() == []


@pytest.mark.parametrize("form", ["folder", "bag"])
def test_lines_of_names_that_are_never_looked_at_ask_for_nothing(form, site, tmp_path):
    prefix = "data/" if form == "bag" else ""
    source = (bundles.make_bag if form == "bag" else bundles.make_folder)(
        tmp_path, "day", {**FILES, ".DS_Store": b"x", "s/._IM1": b"x", "s/IM9.tmp": b"x"})
    path = site.drop(source, attested=False)
    if form == "folder":
        (path.parent / "day.sha256").write_bytes(attestation(source))
    for name in (".DS_Store", "s/._IM1"):
        (path / prefix / name).unlink()
    site.run_once()
    receipt = site.receipt("day")
    assert receipt["status"] == "accepted" and receipt["drop"]["attested"] is True, receipt
    assert [f["path"] for f in receipt["files"] if f["status"] == "stored"] == [prefix + n for n in sorted(FILES)]


def test_an_empty_folder_is_a_drop_when_its_sender_says_so(site, tmp_path):
    path = site.incoming() / "day"
    path.mkdir()
    site.run_once()
    assert site.receipts() == {} and path.exists()
    (site.incoming() / "day.sha256").write_bytes(b"# end 0\n")
    site.run_once()
    receipt = site.receipt("day")
    assert receipt["drop"]["attested"] is True and receipt["files"] == []
    assert receipt["drop"]["sha256"] == sha256(b"") and "no file" in receipt["reason"]
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
