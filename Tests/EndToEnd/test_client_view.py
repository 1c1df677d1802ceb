"""The page that `filmroom-client view` makes of a local folder, in a real browser."""

import subprocess

import numpy as np
import pydicom
import pytest

import bundles
from browser import ViewedPage, chromium
from client_program import Client
from dicom_files import dicom_bytes
from site_under_test import sha256


@pytest.fixture
def client(tmp_path):
    return Client(tmp_path / "desk")


def summed(folder):
    done = subprocess.run(["sha256sum", "--quiet", "--strict", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done


def test_local_images_are_shown_with_their_stored_values(client, tmp_path):
    files = {f"a/b/{n}": dicom_bytes("A-1", number=n, rows=64, columns=48) for n in (1, 2)}
    folder = bundles.make_folder(tmp_path, "CD of today", {**files, "readme.txt": b"no image", "cut": files["a/b/1"][:200]})
    before = {p: sha256(p.read_bytes()) for p in folder.rglob("*") if p.is_file()}
    (page,) = client.json("view", folder)["pages"]
    assert page["images"] == 2 and page["unrenderable"] == 0
    assert page["path"] == str(client.desk / "views" / "CD_of_today" / "index.html")
    summed(client.desk / "views" / "CD_of_today")
    assert {p: sha256(p.read_bytes()) for p in folder.rglob("*") if p.is_file()} == before
    with chromium(tmp_path) as driver:
        shown = ViewedPage(driver, client.desk / "views" / "CD_of_today" / "index.html")
        assert "P-1" in shown.find("body").text
        stored = shown.js(
            "const i = Filmroom.room.panes[0].item.instance; return [i.sopInstanceUID, i.rows, i.columns, i.pixels.length]")
        uids = {str(pydicom.dcmread(folder / name).SOPInstanceUID) for name in files}
        assert stored[0] in uids and stored[1:] == [64, 48, 1]
        assert np.ptp(shown.canvas(0)[..., :3]) > 0, "something is drawn"
        assert [line for line in shown.console() if line.startswith("SEVERE")] == []
        shown.screenshot(tmp_path / "view.png")


def test_each_patient_has_a_page_and_earlier_studies_lie_beside_the_newest(client, tmp_path):
    folder = tmp_path / "images"
    folder.mkdir()
    for name, (accession, patient, date) in {
            "old": ("A-1", "P-1", "20200101"), "new": ("A-2", "P-1", "20260101"), "other": ("A-3", "P-2", "20250101")}.items():
        (folder / name).write_bytes(dicom_bytes(accession, rows=8, columns=8))
        dataset = pydicom.dcmread(folder / name)
        dataset.PatientID, dataset.StudyDate = patient, date
        dataset.save_as(folder / name)
    pages = client.json("view", folder, "--to", tmp_path / "pages")["pages"]
    assert [(p["patientID"], p["images"]) for p in pages] == [("P-1", 2), ("P-2", 1)]
    with chromium(tmp_path) as driver:
        shown = ViewedPage(driver, tmp_path / "pages" / "patient-1" / "index.html")
        assert "2026-01-01" in shown.find("body").text and "2020-01-01" in shown.find("body").text
    # Made again, it takes the place of the old one.
    (folder / "other").unlink()
    client.run("view", folder, "--to", tmp_path / "pages" / "patient-1")
    summed(tmp_path / "pages" / "patient-1")


def test_what_cannot_be_rendered_is_said_and_costs_no_other(client, tmp_path):
    folder = bundles.make_folder(tmp_path, "day", {n: dicom_bytes("A-1", number=i + 1, rows=8, columns=8) for i, n in enumerate("ab")})
    dataset = pydicom.dcmread(folder / "b")
    dataset.BitsAllocated = 24
    dataset.save_as(folder / "b")
    run = client.run("view", folder)
    assert "1 images cannot be rendered" in run.errors
    (tmp_path / "none").mkdir()
    assert "no DICOM image is in it" in client.run("view", tmp_path / "none", code=1).errors
    assert "is no folder" in client.run("view", tmp_path / "nothing", code=1).errors
