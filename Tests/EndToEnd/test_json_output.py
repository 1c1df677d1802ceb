"""`--json`: exactly one document on standard output, of a known form, from every command; everything else is on standard error."""

import json
import signal

import product
import pytest
from dicom_files import dicom_bytes, study_files
from site_under_test import schema, wait_until


def held(site):
    return site.take_file("cut.dcm", dicom_bytes("A-8")[:3000])["drop"]["id"]


def test_init(tmp_path):
    def init():
        outcome = product.run(["init", "--root", tmp_path / "new", "--json"])
        assert outcome.code == 0, outcome
        schema("command-init").validate(outcome.json())
        return outcome.json()

    first, second = init(), init()
    assert "pipelines/parties.yaml" in first["made"] and first["kept"] == []
    assert second["made"] == [] and second["kept"] == first["made"] and second["site"] == "northbank"


def test_check(site):
    assert site.json("check") == {"problems": []}
    path = site.root / "pipelines" / "images.yaml"
    path.write_text(path.read_text().replace("settle: 0.3s", "settle: 5min"))
    problem = site.json("check", code=2)["problems"][0]
    line = [n for n, text in enumerate(path.read_text().splitlines(), 1) if "5min" in text]
    assert problem["file"] == "pipelines/images.yaml" and [problem["line"]] == line and "5m" in problem["message"]
    (site.root / "pipelines" / "parties.yaml").unlink()
    assert "init" in site.json("check", code=2)["problems"][0]["message"]


def test_run_once_says_what_it_did(site):
    assert site.json("run", "--once")["drops"] == {}
    site.drop_file("good.dcm", dicom_bytes("A-1"))
    site.drop_file("cut.dcm", dicom_bytes("A-2")[:3000])
    site.drop_file("late.dcm", dicom_bytes("A-3")[:3000], attested=False)
    summary = site.json("run", "--once")
    assert summary["drops"] == {"accepted": 1, "quarantined": 1} and summary["taken"] == 2
    assert (summary["held"], summary["waiting"], summary["toldIncomplete"], summary["failed"]) == (1, 1, 0, 0)
    site.drop_file("again.dcm", dicom_bytes("A-1"))
    summary = site.json("run", "--once", "--as-of", "2099-01-01T00:00:00Z")
    assert summary["drops"] == {"duplicate": 1} and summary["toldIncomplete"] == 1 and summary["incomplete"] == 1
    for more in ([], ["--pipelines", "requests"]):
        summary = site.json("run", "--once", *more)
        assert summary["drops"] == {} and summary["toldIncomplete"] == 0 and summary["held"] == 1


def test_run_says_what_it_did_when_it_is_stopped(site):
    with (site.root / "out").open("wb") as output, (site.root / "err").open("wb") as errors:
        process = product.launch(["run", "--json", "--root", site.root], stdout=output, stderr=errors)
        site.drop_file("good.dcm", dicom_bytes())
        wait_until(lambda: site.receipts())
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    summary = json.loads((site.root / "out").read_text())
    schema("command-run").validate(summary)
    assert summary["drops"] == {"accepted": 1} and (site.root / "err").read_text()


def test_status_find_and_verify(site):
    site.take_file("one.dcm", dicom_bytes())
    site.drop_file("cut.dcm", dicom_bytes("A-2")[:3000], attested=False)
    site.run_once()
    assert site.json("status")["drops"][0]["name"] == "cut.dcm"
    assert len(site.json("find")) == 1 and site.json("find", "--accession", "none") == []
    assert len(site.json("find", "--instances")[0]["series"][0]["instances"]) == 1
    assert site.json("verify")["findings"] == []
    next((site.root / "archive" / "fast").rglob("*.tar")).unlink()
    assert site.json("verify", code=2)["findings"][0]["exam"] == "northside_A-1001"


def test_rebuild(site):
    for name, content in study_files(count=3).items():
        site.drop_file(name, content)
    site.run_once()
    held(site)
    made = site.json("rebuild")
    assert (made["exams"], made["instances"], made["packs"], made["drops"], made["held"], made["findings"]) == (1, 3, 3, 4, 1, [])
    assert made["kept"].startswith(made["catalog"])
    text = site.command("rebuild").output
    for part in ("1 exams", "3 images", "3 packs", "4 drops", "1 of them held", "kept as"):
        assert part in text, text
    pack = next((site.root / "archive" / "fast").rglob("*.tar"))
    pack.chmod(0o600)
    pack.write_bytes(b"no pack")
    made = site.json("rebuild", code=2)
    # The pack, and that its bytes were charged for.
    assert made["instances"] == 2 and made["notTaken"] == len(made["findings"]) == 2
    assert any(pack.name in (finding["path"] or "") for finding in made["findings"])
    assert pack.name in site.command("rebuild", code=2).output


def test_quarantine(site):
    identifier = held(site)
    assert [d["id"] for d in site.json("quarantine", "list")] == [identifier]
    assert site.json("quarantine", "show", identifier)["files"][0]["status"] == "damaged"
    assert site.json("quarantine", "rehearse")[0]["wouldBe"] == "quarantined"
    assert site.json("quarantine", "rehearse", identifier)[0]["id"] == identifier
    released = site.json("quarantine", "release", identifier)
    assert released["id"] != identifier and released["status"] == "quarantined"
    assert [d["id"] for d in site.json("quarantine", "list")] == [released["id"]]


LOST = [["run", "--once"], ["status"], ["find"], ["verify"], ["explain", "A-1001"], ["init"], ["quarantine", "list"]]


@pytest.mark.parametrize("emptied", [False, True], ids=["gone", "emptied"])
def test_a_lost_catalogue_is_not_begun_anew(emptied, site):
    site.take_file("one.dcm", dicom_bytes())
    catalogue = site.root / "archive" / "catalog.sqlite"
    for path in catalogue.parent.glob("catalog.sqlite*"):
        path.unlink()
    if emptied:
        catalogue.touch()
    site.drop_file("two.dcm", dicom_bytes("A-2"))
    for command in LOST:
        outcome = site.command(*command, code=1)
        assert "filmroom rebuild" in outcome.errors and not outcome.output
        assert catalogue.exists() == emptied
    assert site.left() == ["two.dcm", "two.dcm.sha256"]
    assert site.json("check") == {"problems": []}
    site.json("rebuild")
    assert site.json("run", "--once")["drops"] == {"accepted": 1}
    assert {e["accessionNumber"] for e in site.json("find")} == {"A-1001", "A-2"}


def test_a_lost_catalogue_and_a_lost_marker(site):
    """The packs count, not the marker: without both, nothing is taken for a new site."""
    site.take_file("one.dcm", dicom_bytes())
    for path in (site.root / "archive").glob("catalog.sqlite*"):
        path.unlink()
    (site.root / "archive" / "fast" / ".filmroom-tier").unlink()
    assert "filmroom rebuild" in site.command("run", "--once", code=1).errors
