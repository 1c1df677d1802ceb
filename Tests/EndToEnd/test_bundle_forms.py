"""Every form of bundle that the contract names, attested and not, is stored byte for byte."""

import tarfile
import zipfile

import pytest

import bundles
from dicom_files import study_files
from site_under_test import drop_digest, sha256

FILES = {f"series1/{name}": content for name, content in study_files(count=3).items()}
MAKERS = {
    "deflated.zip": lambda place, name: bundles.make_zip(place, name, FILES),
    "stored.zip": lambda place, name: bundles.make_zip(place, name, FILES, zipfile.ZIP_STORED),
    "zip64.zip": lambda place, name: bundles.make_zip(place, name, FILES, zip64=True),
    "ustar.tar": lambda place, name: bundles.make_tar(place, name, FILES, tarfile.USTAR_FORMAT),
    "pax.tar": lambda place, name: bundles.make_tar(place, name, FILES, tarfile.PAX_FORMAT),
    "gnu.tar": lambda place, name: bundles.make_tar(place, name, FILES, tarfile.GNU_FORMAT),
    "day.tar.gz": lambda place, name: bundles.make_tar(place, name, FILES, mode="w:gz"),
    "day.tar.xz": lambda place, name: bundles.make_tar(place, name, FILES, mode="w:xz"),
    "day.tar.zst": lambda place, name: bundles.make_tar_zst(place, name, FILES),
    "day.7z": lambda place, name: bundles.make_7z(place, name, FILES),
    "folder": lambda place, name: bundles.make_folder(place, name, FILES),
    "bag": lambda place, name: bundles.make_bag(place, name, FILES),
    "disc.iso": lambda place, name: bundles.make_disc(place, name, FILES),
    "one.dcm": lambda place, name: bundles.write_folder(place, {name: FILES["series1/IM1"]}) / name,
}


@pytest.fixture
def place(tmp_path):
    (tmp_path / "made").mkdir()
    return tmp_path / "made"


@pytest.mark.parametrize("attested", [True, False], ids=["attested", "unattested"])
@pytest.mark.parametrize("name", MAKERS)
def test_stored_byte_for_byte(name, attested, site, place):
    made = MAKERS[name](place, name)
    expected = 1 if name == "one.dcm" else 3
    is_bag = name == "bag"

    receipt = site.take(made, attested=attested and not is_bag)

    assert receipt["status"] == "accepted", receipt
    assert receipt["drop"]["attested"] is (attested or is_bag)
    assert receipt["drop"]["sha256"] == drop_digest(made)
    stored = [f for f in receipt["files"] if f["status"] == "stored"]
    assert len(stored) == expected
    assert {f["status"] for f in receipt["files"]} <= {"stored", "ignored"}
    wanted = sorted(sha256(content) for content in list(FILES.values())[:expected])
    if name != "disc.iso":  # writing a DICOMDIR renames files and may rewrite their headers
        assert sorted(f["sha256"] for f in stored) == wanted
        assert site.unpacked(place / "unpacked") == wanted
    assert sorted(f["sha256"] for f in stored) == site.unpacked(place / "again")
    assert receipt["exams"][0]["key"] == "northside_A-1001"
    assert receipt["exams"][0]["modalities"] == ["MG"]
    assert receipt["exams"][0]["instanceCount"] == expected
    assert site.left() == []


def test_disc_of_the_wild(site, data):
    disc = data / "media" / "dicom_cd_a.iso"
    if not disc.exists():
        pytest.skip("no disc in the data set")
    receipt = site.take(disc)
    assert receipt["status"] == "accepted", receipt
    assert [f for f in receipt["files"] if f["status"] == "stored"]
    assert all(f["status"] == "ignored" for f in receipt["files"] if "DICOMDIR" in f["path"].upper())


def test_delivery_of_the_wild(site, data):
    archive = data / "media" / "study_a.zip"
    if not archive.exists():
        pytest.skip("no delivery in the data set")
    receipt = site.take(archive)
    assert receipt["status"] == "accepted", receipt
    with zipfile.ZipFile(archive) as packed:
        names = [n for n in packed.namelist() if not n.endswith("/")]
        assert sorted(f["path"] for f in receipt["files"]) == sorted(names)


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256", "sha512"])
def test_bags_of_every_algorithm(algorithm, site, place):
    receipt = site.take(bundles.make_bag(place, "bag", FILES, [algorithm]), attested=False)
    assert receipt["status"] == "accepted", receipt
    assert receipt["drop"]["attested"] is True


@pytest.mark.parametrize("path", ["../x", "/x"])
def test_a_bag_that_can_never_be_valid_is_told_why(path, site, place):
    bag = bundles.make_bag(place, "bag", FILES)
    for tag_manifest in bag.glob("tagmanifest-*"):
        tag_manifest.unlink()
    manifest = bag / "manifest-sha256.txt"
    manifest.write_text(f"{manifest.read_text()}{'0' * 64}  {path}\n")
    receipt = site.take(bag, attested=False)
    assert receipt["status"] == "quarantined" and f"'{path}'" in receipt["reason"], receipt
    assert site.instances() == [] and site.left() == []


def test_archive_in_an_archive_goes_one_level(site, place):
    inner = bundles.make_zip(place, "inner.zip", FILES).read_bytes()
    once = bundles.make_tar(place, "once.tar", {"inner.zip": inner})
    twice = bundles.make_tar(place, "twice.tar", {"once.tar": once.read_bytes()})
    receipt = site.take(once)
    assert [f["status"] for f in receipt["files"]].count("stored") == 3, receipt
    deep = site.take(twice, party="southside")
    assert deep["status"] in ("quarantined", "refused"), deep
    assert deep["reason"] or deep["files"][0]["reason"]


def test_files_that_are_no_images_are_ignored(site, place):
    more = {"README.TXT": b"How to use this disc.\n", "AUTORUN.INF": b"[autorun]\n", "viewer/viewer.exe": b"MZ" * 400}
    receipt = site.take(bundles.make_zip(place, "cd.zip", {**FILES, **more}))
    assert receipt["status"] == "accepted", receipt
    assert {f["path"] for f in receipt["files"] if f["status"] == "ignored"} == set(more)


def test_names_in_many_scripts(site, place):
    names = ["画像/山田.dcm", "Größe/é.dcm", "снимок один.dcm"]
    files = dict(zip(names, FILES.values()))
    for number, maker in enumerate((bundles.make_zip, bundles.make_tar, bundles.make_7z, bundles.make_folder)):
        name = f"names{number}" + ("" if maker is bundles.make_folder else (".zip", ".tar", ".7z")[number])
        receipt = site.take(maker(place, name, files))
        assert sorted(f["path"] for f in receipt["files"]) == sorted(names)
