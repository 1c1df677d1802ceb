"""Hostile archives, dropped attested, end in a receipt that names the reason, soon and in little memory."""

import csv
import io
import os
import tarfile
from pathlib import Path

import pytest

import bundles
import conftest
from dicom_files import dicom_bytes

EVIL = next((f for f in (Path(conftest.DATA) / "evil", conftest.FIXTURES / "evil") if (f / "MANIFEST.tsv").exists()), None)
ROWS = list(csv.DictReader((EVIL / "MANIFEST.tsv").open(), delimiter="\t")) if EVIL else []
SECONDS, PEAK_BYTES = 10, 300_000_000
# Odd but readable: these may be taken without a reason.
READABLE = {"dicom_dims_65535.dcm", "dicom_frames_2g.dcm"}


def escapes():
    """Files of the archives that got out, wherever they could get to."""
    places = [Path("/tmp"), Path("/"), Path.home(), Path.cwd(), Path("/Windows"), Path("/var/tmp")]
    return sorted(str(p) for place in places if place.is_dir() for p in place.glob("evil_escape*"))


def check(site, outcome, receipt):
    assert outcome.seconds < SECONDS, outcome
    assert outcome.peak_bytes < PEAK_BYTES, outcome.peak_bytes
    archive = site.root / "archive"
    # A held drop names its origin by a link of the service's own.
    links = [p for p in site.root.rglob("*") if p.is_symlink()]
    assert not [p for p in links if p.name != "origin" or p.parent.parent != site.root / "spool" / "quarantine"]
    assert not [p for p in site.root.rglob("*evil_escape*") if archive in p.parents]
    return receipt["reason"] or [f["reason"] for f in receipt["files"] if f["reason"]]


@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_ends_in_a_receipt_with_a_reason(row, site):
    before, passwords = escapes(), Path("/etc/passwd").read_bytes()
    site.drop(EVIL / row["file"])
    outcome = site.run_once(seconds=SECONDS + 5)
    receipt = site.receipt(row["file"])
    reasons = check(site, outcome, receipt)
    assert reasons or row["file"] in READABLE, receipt
    assert escapes() == before and Path("/etc/passwd").read_bytes() == passwords
    assert site.left() == []


def hostile_tar(tmp_path, *members):
    path = tmp_path / "hostile.tar"
    with tarfile.open(path, "w") as archive:
        for name, kind, target, content in members:
            info = tarfile.TarInfo(name)
            info.type, info.linkname, info.size = kind, target, len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


@pytest.mark.parametrize(
    "name, kind, target",
    [
        ("../evil_escape_x", tarfile.REGTYPE, ""),
        ("/tmp/evil_escape_x", tarfile.REGTYPE, ""),
        ("link", tarfile.SYMTYPE, "/etc/passwd"),
        ("link", tarfile.LNKTYPE, "/etc/passwd"),
        ("pipe", tarfile.FIFOTYPE, ""),
        ("device", tarfile.CHRTYPE, ""),
    ],
)
def test_one_bad_member_costs_no_other(name, kind, target, site, tmp_path):
    image = dicom_bytes()
    content = dicom_bytes(number=2) if kind == tarfile.REGTYPE else b""
    path = hostile_tar(tmp_path, ("good.dcm", tarfile.REGTYPE, "", image), (name, kind, target, content))
    before = escapes()
    receipt = site.take(path)
    status = {f["path"]: f for f in receipt["files"]}
    assert status["good.dcm"]["status"] == "stored"
    assert receipt["status"] == "partial", receipt
    assert status[name]["status"] in ("refused", "damaged") and status[name]["reason"]
    assert escapes() == before


@pytest.mark.parametrize("form", ["tar", "zip"])
@pytest.mark.parametrize("name, words", [("../x", "climbs out"), ("a/../../x", "climbs out"), ("/x", "absolute")])
def test_the_reason_is_the_members_own(name, words, form, site, tmp_path):
    maker = bundles.make_tar if form == "tar" else bundles.make_zip
    receipt = site.take(maker(tmp_path, f"day.{form}", {name: dicom_bytes()}))
    assert receipt["status"] == "quarantined" and words in receipt["reason"], receipt
    assert [f["status"] for f in receipt["files"]] == ["refused"] and words in receipt["files"][0]["reason"]
    assert "catalogue" not in receipt["reason"] and "tier" not in receipt["reason"]


@pytest.mark.parametrize(
    "name, content, words",
    [
        ("day.zip", b"%PDF-1.4\n", "a PDF"),
        ("day.tar", b"no archive at all\n" * 40, "text"),
        ("day.tar.gz", b"\x01\x02\x03\x04" * 200, "no form"),
        ("day.7z", b"", "empty"),
        ("day.iso", b"\xff\xd8\xff\xe0" + b"x" * 50_000, "a JPEG"),
    ],
)
def test_a_file_named_as_an_archive_that_is_none_is_damaged(name, content, words, site):
    receipt = site.take_file(name, content)
    assert receipt["status"] == "quarantined", receipt
    assert [(f["path"], f["status"]) for f in receipt["files"]] == [(name, "damaged")]
    reason = receipt["files"][0]["reason"]
    assert words in reason and "right would be" in reason, reason


def test_an_image_named_as_an_archive_is_an_image(site):
    assert site.take_file("day.zip", dicom_bytes())["status"] == "accepted"


def test_links_in_a_folder_drop_are_not_followed(site, tmp_path):
    folder = bundles.make_folder(tmp_path, "day", {"IM1": dicom_bytes()})
    secret = tmp_path / "secret.dcm"
    secret.write_bytes(dicom_bytes("SECRET"))
    target = site.drop(folder, attested=False)
    (target / "link.dcm").symlink_to(secret)
    (target / "out").symlink_to(tmp_path)
    os.mkfifo(target / "pipe")
    site.run_once()
    assert {i["accessionNumber"] for i in site.instances()} == {"A-1001"}
    status = {f["path"]: f["status"] for f in site.receipt("day")["files"]}
    assert status.pop("IM1") == "stored"
    assert set(status.values()) <= {"refused", "ignored"}
    assert secret.exists()


def test_a_link_as_a_drop_is_not_followed(site, tmp_path):
    secret = tmp_path / "secret.dcm"
    secret.write_bytes(dicom_bytes("SECRET"))
    (site.incoming() / "link.dcm").symlink_to(secret)
    (site.incoming() / "folder").symlink_to(tmp_path)
    site.run_once(code=None)
    assert site.instances() == [] and secret.exists()


@pytest.mark.parametrize(
    "limits, name",
    [({"entries": 3}, "many"), ({"bytes": "10KB"}, "large"), ({"ratio": 2}, "dense"), ({"pathLength": 20}, "long")],
)
def test_limits_of_the_site(limits, name, site, tmp_path):
    files = {f"{'folder-with-a-name/' if name == 'long' else ''}IM{n}": dicom_bytes(number=n) for n in range(5)}
    if name == "dense":
        large = {"rows": 2048, "columns": 2048, "PixelData": bytes(2048 * 2048 * 2)}
        files = {f"IM{n}": dicom_bytes(number=n, **large) for n in range(3)}
    site.adjust("images", limits=limits)
    receipt = site.take(bundles.make_zip(tmp_path, "day.zip", files))
    assert receipt["status"] in ("quarantined", "partial", "refused"), receipt
    assert receipt["reason"] or any(f["reason"] for f in receipt["files"])


def over_limit(site, name, limit):
    receipt = site.receipt(name)
    assert receipt["status"] == "quarantined", receipt
    assert f"limit '{limit}'" in receipt["reason"], receipt["reason"]
    assert site.instances() == [] and site.left() == []
    return receipt


@pytest.mark.parametrize("limits", [{"entries": 3}, {"bytes": "20KB"}], ids=["entries", "bytes"])
@pytest.mark.parametrize("form", ["attested", "unattested", "bag"])
def test_limits_hold_for_folders(form, limits, site, tmp_path):
    files = {f"IM{n}": dicom_bytes(number=n) for n in range(5)}
    site.adjust("images", limits=limits)
    maker = bundles.make_bag if form == "bag" else bundles.make_folder
    site.drop(maker(tmp_path, "day", files), attested=form == "attested")
    site.run_once()
    over_limit(site, "day", next(iter(limits)))


def test_limits_hold_for_a_single_file(site):
    site.adjust("images", limits={"bytes": "5KB"})
    content = dicom_bytes()
    site.take_file("one.dcm", content)
    assert over_limit(site, "one.dcm", "bytes")["drop"]["byteCount"] == len(content)


@pytest.mark.parametrize("limits", [{"entries": 8}, {"bytes": "50KB"}], ids=["entries", "bytes"])
def test_limits_hold_for_all_archives_of_a_folder_together(limits, site, tmp_path):
    files = {f"IM{n}": dicom_bytes(number=n, PixelData=bytes(8192)) for n in range(4)}
    archives = {f"{n}.zip": bundles.make_zip(tmp_path, f"{n}.zip", files).read_bytes() for n in range(3)}
    site.adjust("images", limits=limits)
    site.take(bundles.make_folder(tmp_path, "day", archives))
    over_limit(site, "day", next(iter(limits)))


def test_a_folder_within_its_limits_is_taken(site, tmp_path):
    files = {f"IM{n}": dicom_bytes(number=n) for n in range(4)}
    site.adjust("images", limits={"entries": 4, "bytes": f"{sum(map(len, files.values()))}B"})
    assert site.take(bundles.make_folder(tmp_path, "day", files))["status"] == "accepted"
