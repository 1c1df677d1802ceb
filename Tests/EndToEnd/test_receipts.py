"""Each status of a receipt, and that it says what the archive holds."""

import bundles
import pytest
from dicom_files import dicom_bytes, study_files, uid
from site_under_test import sha256

GOOD = dicom_bytes()
DAMAGED = GOOD[: len(GOOD) * 6 // 10]


def test_accepted(site):
    receipt = site.take_file("one.dcm", GOOD)
    assert receipt["status"] == "accepted" and receipt["reason"] is None
    assert receipt["drop"]["party"] == "northside" and receipt["drop"]["kind"] == "images"
    assert receipt["drop"]["byteCount"] == len(GOOD)
    (file,) = receipt["files"]
    assert (file["status"], file["sha256"], file["byteCount"]) == ("stored", sha256(GOOD), len(GOOD))
    (exam,) = receipt["exams"]
    assert exam["accessionNumber"] == "A-1001" and exam["patientID"] == "P-1"
    assert exam["studyInstanceUID"] == uid("study", "A-1001")
    assert receipt["missing"] == [] and receipt["reads"] == [] and receipt["items"] == []


def test_the_same_bytes_under_the_same_name_get_a_second_receipt(site):
    site.take_file("one.dcm", GOOD)
    site.drop_file("one.dcm", GOOD)
    site.run_once()
    first, second = sorted(site.receipts().items(), key=lambda item: item[1]["drop"]["id"])
    assert first[1]["status"] == "accepted" and second[1]["status"] == "duplicate"
    assert second[0] == first[0].replace(".json", ".2.json")
    assert second[1]["files"][0]["status"] == "duplicate"
    assert len(site.instances()) == 1


def test_the_same_bytes_under_another_name_are_a_duplicate(site):
    site.take_file("one.dcm", GOOD)
    receipt = site.take_file("other.bin", GOOD)
    assert receipt["status"] == "duplicate"
    assert len(site.packs()) == 1


def test_the_same_file_twice_in_one_bundle(site, tmp_path):
    receipt = site.take(bundles.make_tar(tmp_path, "t.tar", {"a": GOOD, "b": GOOD}))
    assert receipt["status"] == "accepted"
    assert sorted(f["status"] for f in receipt["files"]) == ["duplicate", "stored"]
    assert receipt["exams"][0]["instanceCount"] == 1


def test_partial(site, tmp_path):
    receipt = site.take(bundles.make_tar(tmp_path, "t.tar", {"good": GOOD, "bad.dcm": DAMAGED}))
    assert receipt["status"] == "partial"
    status = {f["path"]: f for f in receipt["files"]}
    assert status["good"]["status"] == "stored"
    assert status["bad.dcm"]["status"] == "damaged" and status["bad.dcm"]["reason"]


def test_quarantined(site):
    receipt = site.take_file("cut.dcm", DAMAGED)
    assert receipt["status"] == "quarantined" and receipt["reason"]
    assert receipt["files"][0]["status"] == "damaged"
    assert site.instances() == []


def test_a_kind_that_the_party_may_not_drop_is_refused(site):
    receipt = site.take_file("one.dcm", GOOD, party="sato")
    assert receipt["status"] == "refused" and receipt["reason"]
    assert site.instances() == [] and site.left("sato") == []


def test_conflict_keeps_both(site):
    other = dicom_bytes(seed="other pixels")
    site.take_file("one.dcm", GOOD)
    receipt = site.take_file("two.dcm", other)
    assert receipt["status"] == "accepted"
    assert receipt["files"][0]["status"] == "conflict" and receipt["files"][0]["reason"]
    digests = {i["sha256"] for i in site.instances() if "sha256" in i}
    assert not digests or digests == {sha256(GOOD), sha256(other)}
    assert site.command("verify").code == 0


def test_conflict_in_one_bundle(site, tmp_path):
    both = {"a": GOOD, "b": dicom_bytes(seed="other pixels")}
    receipt = site.take(bundles.make_tar(tmp_path, "t.tar", both))
    assert sorted(f["status"] for f in receipt["files"]) == ["conflict", "stored"]
    assert site.unpacked(tmp_path / "u") == sorted(map(sha256, both.values()))


def test_identity_fixtures(site, data):
    folder = next((f for f in (data / "synthetic" / "identity", data / "identity") if f.is_dir()), None)
    if folder is None:
        pytest.skip("no identity fixtures")
    site.take(folder / "original.dcm")
    assert site.take(folder / "same_bytes_other_name.bin")["status"] == "duplicate"
    for name in ("same_uid_other_pixels.dcm", "same_uid_other_name.dcm"):
        assert site.take(folder / name)["files"][0]["status"] == "conflict"
    for name in ("same_study_other_patient.dcm", "meta_uid_differs.dcm", "patient_id_variant.dcm"):
        receipt = site.take(folder / name)
        assert receipt["files"][0]["status"] in ("stored", "conflict", "damaged"), receipt
    assert site.command("verify").code == 0


def test_bad_drops_cost_no_other_drop(site, tmp_path):
    site.drop_file("a-cut.dcm", DAMAGED)
    site.drop_file("b-noise.zip", b"PK\x03\x04 and nothing of a zip")
    site.drop_file("c-good.dcm", GOOD)
    site.drop_file("d-empty.tar", b"")
    site.drop(bundles.make_tar(tmp_path, "e.tar", study_files("A-2", 2)))
    site.run_once()
    statuses = site.statuses()
    assert statuses["c-good.dcm"] == statuses["e.tar"] == "accepted"
    for name in ("a-cut.dcm", "b-noise.zip", "d-empty.tar"):
        assert statuses[name] in ("quarantined", "refused"), (name, statuses[name])
    assert site.left() == []


def test_exam_key_is_safe_as_a_name(site):
    receipt = site.take_file("one.dcm", dicom_bytes(accession="../A 1_%"))
    assert receipt["exams"][0]["key"] == "northside_..%2FA%201%5F%25"
    without = site.take_file("two.dcm", dicom_bytes(accession="", study="1.2.3.4"))
    assert without["exams"][0]["key"] == "northside_1.2.3.4"


def test_several_exams_of_one_bundle(site, tmp_path):
    files = {f"{a}/{n}": c for a in ("A-1", "A-2", "A-3") for n, c in study_files(a, 2).items()}
    receipt = site.take(bundles.make_tar(tmp_path, "t.tar", files))
    assert sorted(e["key"] for e in receipt["exams"]) == ["northside_A-1", "northside_A-2", "northside_A-3"]
    found = site.find("--accession", "A-2", "--instances")
    assert {i["accessionNumber"] for i in site.instances("--accession", "A-2")} == {"A-2"}, found


def test_explain_tells_the_story(site):
    receipt = site.take_file("one.dcm", GOOD)
    for subject in (receipt["drop"]["id"], receipt["exams"][0]["key"]):
        assert receipt["drop"]["id"] in site.explain(subject) or "one.dcm" in site.explain(subject)
    assert site.command("explain", "northside_NONE", code=None).code == 1
