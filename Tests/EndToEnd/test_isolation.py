"""What one party drops changes, reveals and blocks nothing of another's."""

import bundles
from dicom_files import dicom_bytes, study_files
from site_under_test import sha256

NORTH = study_files("A-1", 3, name="NORTH^SECRET")
SOUTH = study_files("A-1", 3, name="SOUTH^OTHER")  # the same UIDs, accession number and patient id


def test_the_same_identifiers_of_two_facilities(site, tmp_path):
    site.drop(bundles.make_tar(tmp_path, "day.tar", NORTH), "northside")
    (tmp_path / "s").mkdir()
    site.drop(bundles.make_tar(tmp_path / "s", "day.tar", SOUTH), "southside")
    site.run_once()
    for party, files in (("northside", NORTH), ("southside", SOUTH)):
        receipt = site.receipt("day.tar", party)
        assert receipt["status"] == "accepted"
        assert {f["status"] for f in receipt["files"]} == {"stored"}
        assert sorted(f["sha256"] for f in receipt["files"]) == sorted(map(sha256, files.values()))
        assert [e["key"] for e in receipt["exams"]] == [f"{party}_A-1"]
        names = {i["patientName"] for i in site.instances("--facility", party)}
        assert names == {"NORTH^SECRET" if party == "northside" else "SOUTH^OTHER"}
    assert len(site.instances("--accession", "A-1")) == 6
    assert "SOUTH" not in site.explain("northside_A-1") and "southside" not in site.explain("northside_A-1")


def test_identical_bytes_of_two_facilities_are_stored_for_each(site):
    assert site.take_file("a", NORTH["IM1"], "northside")["status"] == "accepted"
    receipt = site.take_file("a", NORTH["IM1"], "southside")
    assert receipt["status"] == "accepted" and receipt["files"][0]["status"] == "stored"
    assert "northside" not in str(receipt)
    assert len(site.packs()) == 2


def test_a_conflict_is_no_matter_between_facilities(site):
    site.take_file("a", NORTH["IM1"], "northside")
    before = site.find("--facility", "northside", "--instances")
    for number in range(3):
        site.take_file(f"a{number}", dicom_bytes("A-1", seed=str(number)), "southside")
    assert site.find("--facility", "northside", "--instances") == before


def test_a_party_named_in_the_file_is_no_party(site):
    crafted = dicom_bytes("../northside_A-1", patient_id="../../northside", InstitutionName="northside")
    receipt = site.take_file("northside_A-1", crafted, "southside")
    assert receipt["exams"][0]["key"] == "southside_..%2Fnorthside%5FA-1"
    assert site.instances("--facility", "northside") == []
    assert all("/southside/" in f"/{path}" for path in site.packs())


def test_an_unknown_party_is_reported_and_never_read(site):
    stranger = site.root / "spool" / "incoming" / "stranger" / "images"
    stranger.mkdir(parents=True)
    (stranger / "a.dcm").write_bytes(NORTH["IM1"])
    outcome = site.run_once("--as-of", "2026-11-20T12:00:00Z")
    assert "stranger" in outcome.text + site.command("status").text
    assert (stranger / "a.dcm").exists() and site.instances() == []
    assert not (site.root / "spool" / "outbound" / "stranger").exists()


def test_a_folder_that_cannot_be_read_costs_no_other(site):
    folder = site.incoming("southside")
    folder.rmdir()
    folder.symlink_to("/etc")
    assert site.take_file("a", NORTH["IM1"], "northside")["status"] == "accepted"
