"""`explain ID`: by every name that receipts, `find` and the archive show, in order, and honest about what nobody knows."""

import bundles
import pytest
from dicom_files import dicom_bytes, study_files, uid
from site_under_test import drop_digest, sha256

ONE, TWO = dicom_bytes("A-1", number=1), dicom_bytes("A-1", number=2)
DAYS = [f"2026-11-{day}T09:00:00+09:00" for day in (20, 21, 22)]


@pytest.fixture
def told(site, tmp_path):
    """One image, the day after it again with another, and on the third day a damaged file."""
    site.drop_file("one.dcm", ONE)
    site.run_once("--as-of", DAYS[0])
    site.drop(bundles.make_tar(tmp_path, "day.tar", {"a/IM1": ONE, "a/IM2": TWO}))
    site.run_once("--as-of", DAYS[1])
    site.drop_file("cut.dcm", TWO[:3000])
    site.run_once("--as-of", DAYS[2])
    return site


def story(site, subject, **options):
    document = site.json("explain", subject, **options)
    times = [e["at"] for e in document["events"]]
    assert document["id"] == subject and times == sorted(times), document
    return document


def receipt_name(site, name):
    return next(n for n, r in site.receipts().items() if r["drop"]["name"] == name)


def test_a_drop_by_each_of_its_names(told):
    drop = told.receipt("day.tar")["drop"]
    receipt = receipt_name(told, "day.tar")
    names = [
        drop["id"], "day.tar", "images/day.tar", "northside/images/day.tar", "incoming/northside/images/day.tar",
        "day.tar.sha256", receipt, f"receipts/{receipt}", f"northside/receipts/{receipt}",
        f"spool/outbound/northside/receipts/{receipt}", f"{receipt}.sha256", drop["sha256"], drop["sha256"][:8],
        drop["sha256"][:13].upper(),
    ]
    for name in names:
        document = story(told, name)
        assert [s["id"] for s in document["subjects"]] == [drop["id"]], (name, document)
        assert [e["what"] for e in document["events"]] == ["seen", "dropReceived", "instancesStored", "receipt"], name
        subject = document["subjects"][0]
        assert subject["files"] == {"stored": 1, "duplicate": 1} and subject["exams"] == ["northside_A-1"]
        assert drop["id"] in told.explain(name)
    for name in (f"southside/receipts/{receipt}", "southside/images/day.tar", "charts/day.tar"):
        assert story(told, name, code=1)["subjects"] == []


def test_a_held_drop(told):
    subject = story(told, "cut.dcm")
    assert subject["subjects"][0]["state"] == "held" and subject["subjects"][0]["files"] == {"damaged": 1}
    assert "held" in [e["what"] for e in subject["events"]]


def test_an_exam_by_each_of_its_names(told):
    pack = next((told.root / "archive" / "fast").rglob("*.tar")).stem
    found = told.instances()[0]
    for name in ("northside_A-1", "A-1", found["studyInstanceUID"], found["seriesInstanceUID"], pack, pack[:10]):
        document = story(told, name)
        exam = document["subjects"][0]
        assert [s["type"] for s in document["subjects"]] == ["exam"] and exam["id"] == "northside_A-1", name
        assert exam["instanceCount"] == 2 and len(exam["drops"]) == 2
        assert [e["what"] for e in document["events"]] == [
            "dropReceived", "instancesStored", "dropReceived", "instancesStored", "instancesDuplicate"], name


def test_an_instance_by_its_uid_and_by_its_bytes(told):
    sop = uid("sop", uid("study", "A-1"), "1", 1)
    for name in (sop, sha256(ONE), sha256(ONE)[:9]):
        document = story(told, name)
        instance = [s for s in document["subjects"] if s["type"] == "instance"]
        assert len(instance) == 1 and instance[0]["sopInstanceUID"] == sop and instance[0]["sha256"] == sha256(ONE), name
        files = [(e["what"], e["path"], e["at"][:10]) for e in document["events"] if e["what"].startswith("file")]
        assert files == [("fileStored", "one.dcm", "2026-11-20"), ("fileDuplicate", "a/IM1", "2026-11-21")], name


def test_a_damaged_file_is_part_of_the_story_of_its_instance(told):
    document = story(told, sha256(TWO[:3000]))
    kinds = {s["type"]: s for s in document["subjects"]}
    assert set(kinds) == {"drop", "file"} and kinds["file"]["exam"] is None
    assert any(e["what"] == "fileDamaged" and e["detail"] for e in document["events"])
    sop = uid("sop", uid("study", "A-1"), "1", 2)
    assert [e["what"] for e in story(told, sop)["events"]] == ["fileStored", "fileDamaged"]


def test_a_conflict_is_told_with_both(site):
    site.take_file("first.dcm", dicom_bytes("A-1", seed="one"))
    site.take_file("second.dcm", dicom_bytes("A-1", seed="two"))
    document = story(site, uid("sop", uid("study", "A-1"), "1", 1))
    assert [s["primary"] for s in document["subjects"]] == [True, False]
    assert [e["what"] for e in document["events"]] == ["fileStored", "fileConflict"]


def test_the_same_names_of_two_facilities(site):
    for party in ("northside", "southside"):
        site.drop_file("one.dcm", ONE, party=party)
    site.run_once()
    sop = uid("sop", uid("study", "A-1"), "1", 1)
    assert [s["id"] for s in story(site, "A-1")["subjects"]] == ["northside_A-1", "southside_A-1"]
    assert [s["party"] for s in story(site, "one.dcm")["subjects"]] == ["northside", "southside"]
    assert [s["facility"] for s in story(site, sop)["subjects"]] == ["northside", "southside"]
    receipt = receipt_name(site, "one.dcm")
    assert len(story(site, receipt)["subjects"]) == 2
    assert [s["party"] for s in story(site, f"southside/receipts/{receipt}")["subjects"]] == ["southside"]


def test_an_event(told):
    events = story(told, "northside_A-1")["events"]
    for event in [e["event"] for e in events if "event" in e]:
        document = story(told, event)
        assert document["subjects"][0]["type"] == "event" and document["subjects"][0]["id"] == event
        assert event in [e.get("event") for e in document["events"]] and len(document["events"]) > 1


def test_an_incomplete_drop_by_its_receipt_and_its_list(site, tmp_path):
    folder = bundles.make_folder(tmp_path, "day", study_files(count=2))
    path = site.drop(folder)
    (path / "IM2").unlink()
    site.run_once("--as-of", DAYS[0])
    site.run_once("--as-of", "2026-11-25")
    assert "images.day.incomplete.json" in site.receipts()
    names = ["images.day.incomplete.json", "images.day.missing", "receipts/images.day.incomplete.json", "northside/receipts/images.day.missing"]
    for name in names:
        document = story(site, name)
        assert document["subjects"][0]["name"] == "day" and document["subjects"][0]["state"] == "waiting"
        assert [e["what"] for e in document["events"]] == ["seen", "dropIncomplete"]
    (path / "IM2").write_bytes((folder / "IM2").read_bytes())
    site.run_once("--as-of", "2026-11-26")
    for name in names:
        kinds = [e["what"] for e in story(site, name)["events"]]
        assert kinds == ["seen", "dropIncomplete", "dropReceived", "instancesStored", "receipt"]
    assert story(site, drop_digest(folder))["subjects"][0]["name"] == "day"


def test_a_released_drop_and_the_one_that_it_came_from(told):
    held = told.receipt("cut.dcm")["drop"]["id"]
    new = told.json("quarantine", "release", held)["id"]
    document = story(told, new)
    assert document["subjects"][0]["releasedFrom"] == held
    assert [e["what"] for e in document["events"]][0] == "dropReleased"
    assert "dropReleased" in [e["what"] for e in story(told, held)["events"]]


@pytest.mark.parametrize(
    "name",
    ["d-999999", "northside_NONE", "1.2.3.4", "deadbeef", "0" * 64, "receipts/none.json", "images.none.incomplete.json",
     "received:d-999999", "nothing"])
def test_what_nobody_knows(name, site):
    site.take_file("one.dcm", ONE)
    assert story(site, name, code=1) == {"id": name, "subjects": [], "events": []}
    outcome = site.command("explain", name, code=1)
    assert not outcome.output and f"'{name}'" in outcome.errors


def test_a_short_digest_is_no_name(told):
    assert story(told, told.receipt("day.tar")["drop"]["sha256"][:7], code=1)["subjects"] == []
