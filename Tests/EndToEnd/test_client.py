"""`filmroom-client` over folders: every subcommand, as a party uses it."""

import json
import shutil
import signal
import time

import pytest

import bundles
import product
from client_program import Client
from conftest import watching
from dicom_files import dicom_bytes, study_files, uid
from lending_site import LendingSite
from reading_parties import ReadingSite, protocol
from site_under_test import attestation, drop_digest, schema, sha256, wait_until

FILES = study_files(count=4)
PDF = b"%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"


@pytest.fixture
def client(site, tmp_path):
    return Client(tmp_path / "desk", site.root / "spool")


@pytest.fixture
def day(tmp_path):
    return bundles.make_folder(tmp_path, "day 1", {f"s/{name}": content for name, content in FILES.items()})


def party(site, tmp_path, id):
    return Client(tmp_path / f"desk-{id}", site.root / "spool", id)


def hand_in(client, site, *arguments, **options):
    """A command that waits for an answer, with the service at work."""
    with watching(site):
        return client.json(*arguments, "--wait", "30s", **options)


# send


@pytest.mark.parametrize("form", ["tar", "zip", "folder"])
def test_a_folder_goes_in_every_form_and_only_once(form, client, site, day):
    document = hand_in(client, site, "send", day, "--form", form)
    (sent,) = document["sent"]
    assert sent["status"] == "accepted" and sent["interruptions"] == 0 and not sent["wasThere"]
    receipt = site.receipt(sent["name"])
    assert receipt["drop"]["attested"] is True and receipt["drop"]["sha256"] == sent["sha256"]
    assert {f["path"]: f["sha256"] for f in receipt["files"]} == {f"s/{n}": sha256(c) for n, c in FILES.items()}
    assert site.left() == []
    again = client.json("send", day, "--form", form, "--wait", "5s")["sent"][0]
    assert again["wasThere"] and again["receiptName"] == sent["receiptName"]
    assert site.left() == [] and len(site.receipts()) == 1
    assert [p.name for p in (client.desk / ".outbox").iterdir()] == [], "what was made for it is gone"


def test_archives_bags_and_single_files_go_as_they_are(client, site, tmp_path):
    paths = [bundles.make_zip(tmp_path, "day.zip", FILES), bundles.write_folder(tmp_path / "one", {"IM9.dcm": dicom_bytes("A-9")}) / "IM9.dcm"]
    bag = bundles.make_bag(tmp_path, "bag", study_files("A-5", 2))
    with watching(site):
        document = client.json("send", *paths, "--wait", "30s")
        bagged = client.json("send", bag, "--form", "folder", "--wait", "30s")
    assert [(s["name"], s["sha256"], s["status"]) for s in document["sent"]] == [
        (p.name, drop_digest(p), "accepted") for p in paths]
    assert bagged["sent"][0]["status"] == "accepted", bagged
    assert {e["key"] for e in bagged["sent"][0]["receipt"]["exams"]} == {"northside_A-5"}


def test_what_the_service_does_not_take_whole_is_a_finding(client, site, tmp_path):
    archive = bundles.make_zip(tmp_path, "day.zip", {**FILES, "cut": FILES["IM1"][:900]})
    with watching(site):
        run = client.run("send", archive, "--wait", "30s", code=2)
        (tmp_path / "R.json").write_text('{"type": "request", "id": "R-1", "exam": {"acession": "A-1"}, "purpose": "treatment"}')
        refused = client.run("send", tmp_path / "R.json", "--kind", "requests", "--wait", "30s", code=2)
    assert "cut: damaged" in run.output and "partial" in run.errors
    assert "R.json is refused" in refused.errors and "acession" in refused.output
    assert "northside may not drop diagnoses there" in client.run("send", archive, "--kind", "diagnoses", code=1).errors


def test_a_receipt_with_another_digest_is_refused(client, site, tmp_path):
    archive = bundles.make_zip(tmp_path, "day.zip", FILES)
    hand_in(client, site, "send", archive)
    (path,) = site.outbound().glob("*.json")
    text = path.read_text()
    path.write_text(text.replace(drop_digest(archive), "0" * 64))
    run = client.run("send", archive, code=2)
    assert "is not what the checksum beside it says" in run.errors
    # Even with a checksum that holds.
    path.with_name(f"{path.name}.sha256").write_bytes(attestation(path))
    run = client.run("send", archive, code=2)
    assert f"SHA-256 {'0' * 64}" in run.errors and "Keep your files" in run.errors
    path.write_text(text)
    path.with_name(f"{path.name}.sha256").write_bytes(attestation(path))
    assert client.json("send", archive)["sent"][0]["wasThere"]


def test_a_receipt_that_leaves_files_out_is_refused(client, site, day):
    sent = hand_in(client, site, "send", day)["sent"][0]
    path = site.outbound() / sent["receiptName"]
    receipt = json.loads(path.read_text())
    del receipt["files"][1]
    path.write_text(json.dumps(receipt))
    path.with_name(f"{path.name}.sha256").write_bytes(attestation(path))
    run = client.run("send", day, code=2)
    assert "does not name 1 of 4 files" in run.errors and "s/IM2" in run.errors


def test_exactly_what_is_missing_is_sent_again(client, site, day):
    site.adjust("images", holdIncompleteAfter="1s")
    client.run("send", day, "--form", "folder", "--no-wait")
    (folder,) = (p for p in site.incoming().iterdir() if p.is_dir())
    inodes = {p: (folder / p).stat().st_ino for p in ("s/IM1", "s/IM3", "s/IM4")}
    (folder / "s/IM2").unlink()
    client.run("send", day, "--form", "folder", "--no-wait")
    assert (folder / "s/IM2").read_bytes() == FILES["IM2"]
    assert {p: (folder / p).stat().st_ino for p in inodes} == inodes, "what lies there whole is not sent again"
    # What was harmed there, only the service sees.
    for name in ("IM2", "IM3"):
        (folder / "s" / name).write_bytes(FILES[name][:700] + bytes(len(FILES[name]) - 700))
    with watching(site):
        wait_until(lambda: any(site.outbound().glob("*.incomplete.json")), 20)
        (sent,) = client.json("send", day, "--form", "folder", "--wait", "60s", seconds=90)["sent"]
    assert sent["status"] == "accepted" and sorted(sent["resent"]) == ["s/IM2", "s/IM3"]
    assert site.statuses() == {sent["name"]: "accepted"}


def test_a_killed_sender_goes_on_where_it_was(client, site, tmp_path):
    # Big enough to be killed at any point of it.
    files = {f"IM{n}": dicom_bytes(number=n, rows=1024, columns=1024) for n in range(12)}
    folder = bundles.make_folder(tmp_path, "big", files)
    with watching(site):
        for seconds in (0.02, 0.05, 0.1, 0.2):
            process = client.start("send", folder, "--wait", "30s")
            time.sleep(seconds)
            process.send_signal(signal.SIGKILL)
            process.communicate()
        sent = client.json("send", folder, "--wait", "30s")["sent"][0]
    assert sent["status"] == "accepted"
    assert [r["status"] for r in site.receipts().values()].count("accepted") == 1
    assert len(site.find("--accession", "A-1001")) == 1 and len(site.instances()) == 12


def test_mistakes_are_told_with_what_would_be_right(client, site, tmp_path, day):
    def told(*arguments, code=1):
        return client.run("send", *arguments, code=code).errors

    assert "nothing is there" in told(tmp_path / "no")
    (tmp_path / "empty").mkdir()
    assert "no file is in this folder" in told(tmp_path / "empty")
    assert "images diagnoses requests reports charts acks" in told(day, "--kind", "pictures", code=64)
    assert "an id is 1 to 32 of a-z" in told(day, "--party", "North Side")
    assert "is a folder of this machine" in told(day, "--via", "scp")
    assert "port is a number" in told(day, "--server", "ssh://a@b:x/spool")
    assert "does not begin with -" in told(day, "--server=-oProxyCommand=x:/spool")
    client.settings.pop("FILMROOM_SERVER")
    assert "--server user@host:/path" in told(day)


# send --watch


def test_each_study_is_sent_by_itself_when_it_is_whole(client, site, tmp_path):
    export = tmp_path / "export"
    first, second = study_files("A-1", 3, prefix="a"), study_files("A-2", 2, prefix="b")
    bundles.write_folder(export, {**first, **second, "notes.txt": b"not an image"})
    cut = export / "b2"
    cut.write_bytes(second["b2"][:2000])
    with watching(site):
        process = client.start(
            "send", "--watch", export, "--quiet", "2s", "--wait", "30s", "--json")
        try:
            wait_until(lambda: site.receipts(), 20)
            # The other study's last image is still being written, and then it is whole.
            cut.write_bytes(second["b2"])
            wait_until(lambda: len(site.receipts()) == 2, 20)
            (export / "late").write_bytes(dicom_bytes("A-1", number=9))
            wait_until(lambda: len(site.receipts()) == 3, 20)
            time.sleep(3)
        finally:
            process.terminate()
            output, errors = process.communicate()
    lines = [json.loads(part + "}") for part in output.split("\n}") if part.strip()]
    assert [p for line in lines for p in schema("client-watch").iter_errors(line)] == []
    studies = [line["studyInstanceUID"] for line in lines]
    # The cut image of A-2 was no image yet: its first image may have gone alone, and then the rest by itself.
    assert studies[0] == uid("study", "A-1") or studies[0] == uid("study", "A-2")
    assert {r["status"] for r in site.receipts().values()} == {"accepted"}
    for receipt in site.receipts().values():
        assert len({e["key"] for e in receipt["exams"]}) == 1, "one study a drop"
    assert {e["accessionNumber"] for e in site.find()} == {"A-1", "A-2"} and len(site.instances()) == 6
    # A restart sends nothing again, and removes nothing.
    again = client.run("send", "--watch", export, "--quiet", "0s", "--once", code=0)
    assert "notes.txt: not a whole DICOM image" in again.errors and len(list(export.iterdir())) == 7


def test_a_study_with_a_file_that_is_still_written_waits(client, site, tmp_path):
    export = tmp_path / "export"
    bundles.write_folder(export, study_files("A-1", 3))
    process = client.start("send", "--watch", export, "--quiet", "3s", "--no-wait")
    try:
        for _ in range(8):  # something of it changes every second
            (export / "IM3").write_bytes(dicom_bytes("A-1", number=3, seed=str(time.time())))
            time.sleep(0.9)
            assert site.left() == []
        sent = lambda: [n for n in site.left() if not n.endswith(".sha256")]
        wait_until(sent, 20)
    finally:
        process.terminate()
        process.communicate()
    assert sent()[0].startswith(uid("study", "A-1"))


def test_what_was_received_is_removed_when_asked_for(client, site, tmp_path):
    export = tmp_path / "export"
    bundles.write_folder(export, {**study_files("A-1", 2), "notes.txt": b"stays"})
    with watching(site):
        client.run("send", "--watch", export, "--quiet", "0s", "--once", "--remove-received", "--wait", "30s")
    assert [p.name for p in export.iterdir()] == ["notes.txt"] and len(site.instances()) == 2


# fetch, request, report


@pytest.fixture
def lending(tmp_path):
    site = LendingSite(tmp_path / "site")
    site.store("A-1", 2)
    site.run_once()
    return site


def test_a_request_brings_its_delivery_once(lending, tmp_path):
    client = party(lending, tmp_path, "northside")
    arguments = ("request", "--accession", "A-1", "--purpose", "treatment", "--density", "0.5", "--fetch")
    document = hand_in(client, lending, *arguments)
    folder = client.desk / "deliveries" / document["id"]
    assert document["delivery"]["path"] == str(folder) and document["delivery"]["acknowledged"]
    assert sorted(p.name for p in (folder / "northside_A-1" / "images").iterdir()) == ["1.dcm", "2.dcm"]
    lending.run_once()
    assert not (lending.outbound(kind="deliveries") / document["id"]).exists(), "acknowledged"
    again = client.json(*arguments, "--wait", "5s")
    assert again["sent"]["wasThere"] and again["delivery"]["wasHere"]
    assert lending.left(kind="requests") == []


def test_requests_say_what_is_asked_for(lending, tmp_path):
    client = party(lending, tmp_path, "northside")
    document = hand_in(
        client, lending, "request", "--id", "R-9", "--patient", "P-1", "--issuer", "NORTHSIDE", "--modality", "MG",
        "--from", "2020-01-01", "--to", "2030-01-01", "--purpose", "teaching", "--kinds", "MG", "--no-image-processing",
        "--no-reports", "--prefer", "refuse", "--format", "zip")
    assert document["id"] == "R-9" and document["sent"]["receipt"]["items"][0]["status"] == "accepted"
    lending.run_once()
    assert "R-9.zip" in [p.name for p in lending.outbound(kind="deliveries").iterdir()]
    with watching(lending):
        run = client.run("request", "--accession", "A-1", "--purpose", "fun", "--prefer", "maybe", "--wait", "30s", code=2)
    assert "prefer" in run.text


def test_everything_is_fetched_verified_and_acknowledged(lending, tmp_path):
    client = party(lending, tmp_path, "northside")
    hand_in(client, lending, "request", "--id", "R-1", "--accession", "A-1", "--purpose", "treatment")
    hand_in(client, lending, "request", "--id", "R-2", "--accession", "A-1", "--purpose", "treatment", "--format", "tar")
    lending.run_once()
    kept = client.json("fetch", "--no-ack")
    assert {(t["kind"], t["name"]) for t in kept["things"]} >= {("deliveries", "R-1"), ("deliveries", "R-2.tar")}
    assert not any(t["acknowledged"] or t["wasHere"] for t in kept["things"])
    lending.run_once()
    assert (lending.outbound(kind="deliveries") / "R-1").exists()
    taken = client.json("fetch", "--kinds", "deliveries")
    assert all(t["wasHere"] and t["acknowledged"] for t in taken["things"])
    lending.run_once()
    assert list(lending.outbound(kind="deliveries").iterdir()) == [] and lending.left(kind="acks") == []
    assert [r for r in lending.receipts().values() if r["drop"]["kind"] == "acks"] == []
    assert client.json("fetch", "--kinds", "deliveries") == {"type": "fetched", "things": [], "failures": []}


@pytest.mark.parametrize("harm", ["changed", "missing", "extra"])
def test_what_is_not_whole_is_neither_kept_nor_acknowledged(harm, lending, tmp_path):
    client = party(lending, tmp_path, "northside")
    for id in ("R-1", "R-2"):
        hand_in(client, lending, "request", "--id", id, "--accession", "A-1", "--purpose", "treatment")
    lending.run_once()
    image = lending.outbound(kind="deliveries") / "R-1" / "northside_A-1" / "images" / "1.dcm"
    if harm == "changed":
        image.write_bytes(b"x" + image.read_bytes()[1:])
    elif harm == "missing":
        image.unlink()
    else:
        image.with_name("more.dcm").write_bytes(b"more")
    document = client.json("fetch", "--kinds", "deliveries", code=2)
    assert [t["name"] for t in document["things"]] == ["R-2"], "the other one is picked up all the same"
    assert "R-1" in document["failures"][0] and "images/" in document["failures"][0]
    assert not (client.desk / "deliveries" / "R-1").exists()
    lending.run_once()
    assert (lending.outbound(kind="deliveries") / "R-1").exists()


def test_a_report_goes_with_its_document_and_is_superseded(lending, tmp_path):
    client = party(lending, tmp_path, "northside")
    (tmp_path / "report of A-1.pdf").write_bytes(PDF)
    first = hand_in(
        client, lending, "report", "--accession", "A-1", "--author", "Dr Sato", "--text", "異常なし", "--purpose", "treatment",
        "--attach", tmp_path / "report of A-1.pdf")
    digest = first["sent"][0]["receipt"]["items"][0]["id"]
    (tmp_path / "text").write_text("Seen again: a small cyst.")
    second = hand_in(
        client, lending, "report", "--accession", "A-1", "--status", "amended", "--text-file", tmp_path / "text",
        "--supersedes", digest)
    assert [s["receipt"]["items"][0]["status"] for d in (first, second) for s in d["sent"]] == ["accepted"] * 2
    document = hand_in(client, lending, "request", "--accession", "A-1", "--purpose", "treatment", "--fetch")
    folder = client.desk / "deliveries" / document["id"] / "northside_A-1" / "reports"
    texts = {json.loads(p.read_text())["text"] for p in folder.glob("report-*.json")}
    assert texts == {"異常なし", "Seen again: a small cyst."}
    assert [p.read_bytes() for p in folder.glob("*.pdf")] == [PDF]
    with watching(lending):
        refused = client.run("report", "--accession", "A-7", "--text", "x", "--supersedes", "1" * 64, "--wait", "30s", code=None)
    assert refused.code == 2 or "waiting" in refused.output
    assert client.run("report", "--accession", "A-1", code=64).errors.startswith("Error: the report says nothing")


# worklist, diagnose, results, notices


@pytest.fixture
def reading(tmp_path):
    site = ReadingSite(tmp_path / "site", protocol(readers=["sato", "ito"], minimumReads="all"))
    site.bring("A-1", 2)
    site.bring("A-2", 1)
    return site


def test_a_reader_picks_up_answers_and_the_office_sees_the_result(reading, tmp_path):
    sato, ito = party(reading, tmp_path, "sato"), party(reading, tmp_path, "ito")
    exams = sato.json("worklist")["exams"]
    assert [(e["exam"], e["images"], e["labels"]) for e in exams] == [
        ("northside_A-1", 2, ["normal", "benign", "recall"]), ("northside_A-2", 1, ["normal", "benign", "recall"])]
    reading.run_once()
    assert list(reading.outbound("sato", "worklists").iterdir()) == [], "acknowledged"
    with watching(reading):
        sent = sato.json(
            "diagnose", "A-1", "--label", "recall", "--confidence", "0.8", "--finding", "BI-RADS-4,L,a mass",
            "--text", "所見あり", "--wait", "30s")["sent"][0]
        assert sent["receipt"]["reads"][0]["status"] == "sealed"
        ito.run("worklist")
        code, shown = ito.at_a_terminal(
            "diagnose", "northside_A-1", "--wait", "30s",
            answers=["4", "normal", "2", "0.6", "BI-RADS-2,X", "BI-RADS-2,R,a cyst", "", "clear", "yes"])
    assert code == 0, shown
    assert "one of normal, benign, recall" in shown and "a number from 0 to 1" in shown and "the side is L, R or B" in shown
    assert "sealed" in shown
    listed = {e["exam"]: e.get("answer") for e in sato.json("worklist")["exams"]}
    assert listed["northside_A-1"]["label"] == "recall" and listed["northside_A-2"] is None
    assert listed["northside_A-1"]["digest"] == sent["receipt"]["reads"][0]["digest"]
    reading.command("consensus")
    reading.run_once()
    office = party(reading, tmp_path, "office")
    (result,) = office.json("results")["results"]
    assert (result["exam"], result["version"]) == ("northside_A-1", 1)
    notices = office.json("notices")["notices"]
    assert [(n["exam"], n["count"], n["of"]) for n in notices] == [("northside_A-1", 2, 2)] * len(notices) and notices
    assert "northside_A-1" in office.run("results", "--offline").output
    reading.run_once()
    assert list(reading.outbound("office", "notices").iterdir()) == []


def test_a_form_that_is_not_ended_with_yes_sends_nothing(reading, tmp_path):
    sato = party(reading, tmp_path, "sato")
    sato.run("worklist")
    code, shown = sato.at_a_terminal("diagnose", "A-1", answers=["1", "", "", "", "no"])
    assert code == 1 and "nothing was sent" in shown and reading.left("sato", "diagnoses") == []
    assert "the input ended" in sato.run("diagnose", "A-1", code=1, text="1\n").errors
    assert "no label of this exam, which are normal, benign, recall" in sato.run("diagnose", "A-1", "--label", "x", code=1).errors
    assert "pick it up with 'filmroom-client worklist'" in sato.run("diagnose", "A-9", "--label", "normal", code=1).errors


def test_a_read_is_replaced_and_withdrawn(reading, tmp_path):
    sato = party(reading, tmp_path, "sato")
    sato.run("worklist")
    with watching(reading):
        digest = sato.json("diagnose", "A-1", "--label", "normal", "--wait", "30s")["sent"][0]["receipt"]["reads"][0]["digest"]
        time.sleep(1.1)  # a read's time has whole seconds
        again = sato.json("diagnose", "A-1", "--retracts", digest, "--label", "recall", "--wait", "30s")
    assert again["sent"][0]["receipt"]["reads"][0]["status"] == "sealed"


# the kit of nothing but sh


@pytest.fixture(params=["dash", "busybox"])
def kit(request, site, tmp_path):
    """The drop kit, run by a shell with nothing that bash adds."""
    import subprocess

    shell = {"dash": ["dash"], "busybox": ["busybox", "sh"]}[request.param]
    if not shutil.which(shell[0]):
        pytest.skip(f"needs {shell[0]}")
    script = product.REPOSITORY / "Sources" / "filmroom-client" / "DropKit" / "filmroom-drop.sh"

    def run(*arguments, code=0, party="northside", server=site.root / "spool"):
        environment = {"PATH": "/usr/bin:/bin", "FILMROOM_SERVER": str(server), "FILMROOM_PARTY": party}
        done = subprocess.run(
            [*shell, script, *map(str, arguments)], env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=60)
        assert code is None or done.returncode == code, done
        return done

    return run


def test_the_kit_sends_and_believes_only_a_good_receipt(kit, site, tmp_path):
    archive = bundles.make_tar(tmp_path, "day.tar", FILES)
    assert kit("receipt", "images", archive, code=3).stdout == ""
    with watching(site):
        first = json.loads(kit("send", "images", archive, 20).stdout)
        assert first["status"] == "accepted" and first["drop"]["attested"] is True
        assert json.loads(kit("send", "images", archive).stdout) == first, "sent once"
        bad = bundles.make_tar(tmp_path, "bad.tar", {"IM1": FILES["IM1"], "cut": FILES["IM1"][:900]})
        assert '"partial"' in kit("send", "images", bad, 20, code=2).stdout
        notes = tmp_path / "notes.json"
        notes.write_text("{}")
        kit("send", "requests", notes, 20, code=2)
    assert site.left() == []
    (path,) = site.outbound().glob("images.day.tar.*.json")
    path.write_text(path.read_text().replace('"accepted"', '"accepted" '))
    assert "not what its checksum says" in kit("receipt", "images", archive, code=2).stderr
    assert "rename it" in kit("send", "images", bundles.make_tar(tmp_path, "day 2.tar", FILES), code=1).stderr


def test_the_kit_fetches_verifies_and_acknowledges(kit, site, tmp_path):
    site.configure("reading", {"protocols": [protocol()]})
    site.drop(bundles.make_tar(tmp_path, "day.tar", study_files("A-1", 2)))
    site.drop(bundles.make_tar(tmp_path, "day2.tar", study_files("A-2", 1)))
    site.run_once()
    harmed = site.outbound("sato", "worklists") / "northside_A-2" / "exam.json"
    harmed.write_bytes(harmed.read_bytes() + b" ")
    assert set(kit("list", "worklists", party="sato").stdout.split()) == {"northside_A-1", "northside_A-2"}
    done = kit("fetch", "worklists", tmp_path / "got", party="sato", code=2)
    assert "worklists/northside_A-2 is not what its checksums say; not kept" in done.stderr
    assert [p.name for p in (tmp_path / "got" / "worklists").iterdir()] == ["northside_A-1"]
    site.run_once()
    assert [p.name for p in site.outbound("sato", "worklists").iterdir()] == ["northside_A-2"]
    receipt = kit("fetch", "receipts", tmp_path / "got")
    assert len(receipt.stdout.split()) == 2
    site.run_once()
    assert list(site.outbound().iterdir()) == []


def test_the_kit_is_short_and_says_how_it_is_used(kit):
    script = product.REPOSITORY / "Sources" / "filmroom-client" / "DropKit" / "filmroom-drop.sh"
    assert len(script.read_text().splitlines()) < 100
    assert "send KIND FILE" in kit(code=64).stderr
