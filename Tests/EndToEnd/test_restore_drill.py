"""The restore drill: exams chosen by chance are restored elsewhere and compared; every kind of damage is found."""

import json
import sqlite3
import stat
import time

import pytest

from lending_site import NOON, LendingSite
from reading_parties import OFFICE, check, checked, files

KEY = "northside_A-1"
AT = "2026-12-03T04:00:00Z"


@pytest.fixture
def site(tmp_path):
    """Exams of two facilities, some of each in the slow tier."""
    site = LendingSite(tmp_path / "site")
    for number in range(1, 5):
        site.store(f"A-{number}", 2)
    for number in range(1, 4):
        site.store(f"B-{number}", 1, "southside")
    site.run_once("--as-of", NOON)
    site.command("tier", "--demote", "northside_A-2", "--demote", "southside_B-2")
    return site


def drill(site, *arguments, code=0, at=AT):
    outcome = site.command("verify", "--drill", "--json", "--as-of", at, *arguments, code=code)
    document = json.loads(outcome.output)
    check("command-verify-drill", document)
    return document


def keys(document):
    return [e["exam"] for e in document["exams"]]


def notice(site, seed="2026-12"):
    return checked("notice", site.outbound(OFFICE, "notices") / f"drill.{seed}.json")


def test_exams_come_back_as_they_were_stored(site, tmp_path):
    before = files(site.root / "archive")
    document = drill(site)
    assert document["outcome"] == "passed" and document["seed"] == "2026-12" and len(document["exams"]) == 7
    assert {e["exam"]: e["instances"] for e in document["exams"]} == {
        **{f"northside_A-{n}": 2 for n in range(1, 5)}, **{f"southside_B-{n}": 1 for n in range(1, 4)}}
    assert {e["tier"] for e in document["exams"]} == {"fast", "slow"}
    assert {k: v for k, v in files(site.root / "archive").items() if "catalog" not in k} == {
        k: v for k, v in before.items() if "catalog" not in k}, "the archive is only read"
    assert not (site.root / "filmroom-drill").exists()
    assert notice(site) == document
    last = site.json("status")["lastDrill"]
    assert (last["outcome"], last["seed"], last["exams"], last["failed"]) == ("passed", "2026-12", 7, 0)
    assert "passed" in site.command("status").output
    told = site.explained(KEY)
    assert told["subjects"][0]["lastDrill"] == {"at": "2026-12-03T04:00:00+00:00", "seed": "2026-12", "reason": None}
    event, = [e for e in told["events"] if e["what"] == "restoreDrilled"]
    assert event["instanceCount"] == 2 and "came back as it was stored" in event["detail"]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    drill(site, "--to", elsewhere, "--keep", "--seed", "by-hand")
    for key, dropped in site.dropped.items():
        restored = {p.read_bytes() for p in (elsewhere / "filmroom-drill" / key / "images").glob("*.dcm")}
        assert restored == set(dropped.values()), "byte for byte what was dropped"
    assert stat.S_IMODE((elsewhere / "filmroom-drill").stat().st_mode) == 0o700
    # Without --keep nothing stays, not even of the one before.
    drill(site, "--to", elsewhere)
    assert list(elsewhere.iterdir()) == []


def test_the_choice_is_by_chance_and_the_same_all_month(site):
    first = drill(site, "--exams", "4")
    groups = {(e["facility"], e["tier"]) for e in first["exams"]}
    assert len(groups) == 4, "one of each facility and tier before a second one"
    assert keys(drill(site, "--exams", "4", at="2026-12-30T00:00:00Z")) == keys(first)
    assert keys(drill(site, "--exams", "4", "--seed", "2026-12")) == keys(first)
    others = {tuple(keys(drill(site, "--exams", "2", "--seed", f"s{n}"))) for n in range(6)}
    assert len(others) > 2, "another month, another choice"
    assert drill(site, "--exams", "1", at="2027-01-03T00:00:00Z")["seed"] == "2027-01"


def pack(site, key=KEY, tier="fast"):
    study = site.find("--accession", key.split("_")[1])
    uid = next(iter(_studies(study)))
    return min(p for p in (site.root / "archive" / tier).rglob("*.tar*") if uid in str(p))


def _studies(node):
    if isinstance(node, list):
        for child in node:
            yield from _studies(child)
    elif isinstance(node, dict):
        if "studyInstanceUID" in node:
            yield node["studyInstanceUID"]
        for child in node.values():
            yield from _studies(child)


def flip(path, at):
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def catalogue(site, statement):
    connection = sqlite3.connect(site.root / "archive" / "catalog.sqlite")
    with connection:
        assert connection.execute(statement).rowcount > 0
    connection.close()


def other_place(site):
    catalogue(site, """UPDATE instance SET pack_offset = pack_offset + 512 WHERE id = (SELECT MIN(instance.id) FROM instance
        JOIN series ON series.id = series_id JOIN study ON study.id = study_id WHERE exam_key = 'northside_A-1')""")


def other_pack(site):
    catalogue(site, """UPDATE instance SET pack_id = (SELECT pack.id FROM pack JOIN series ON series.id = series_id
        JOIN study ON study.id = study_id WHERE exam_key = 'southside_B-1')
        WHERE series_id IN (SELECT series.id FROM series JOIN study ON study.id = study_id WHERE exam_key = 'northside_A-1')""")


DAMAGES = {
    "a flipped bit in an image": lambda site: flip(pack(site), 2000),
    "a flipped bit in a tar header": lambda site: flip(pack(site), 300),
    "a flipped bit in pack.json": lambda site: flip(pack(site), -1500),
    "a missing pack": lambda site: pack(site).unlink(),
    "a truncated pack": lambda site: pack(site).write_bytes(pack(site).read_bytes()[:-4096]),
    "an empty pack": lambda site: pack(site).write_bytes(b""),
    "another pack under its name": lambda site: pack(site).write_bytes(pack(site, "northside_A-3").read_bytes()),
    "a row that points to another place": other_place,
    "a row that points to another pack": other_pack,
    "a row with another digest": lambda site: catalogue(
        site, "UPDATE instance SET sha256 = zeroblob(32) WHERE sop_uid IN (SELECT MIN(sop_uid) FROM instance)"),
    "a row with another UID": lambda site: catalogue(
        site, "UPDATE instance SET sop_uid = '1.2.3' WHERE sop_uid IN (SELECT MIN(sop_uid) FROM instance)"),
    "a row in another tier": lambda site: catalogue(
        site, "UPDATE pack SET tier = 'slow' WHERE id = (SELECT MIN(id) FROM pack WHERE tier = 'fast')"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_found(site, damage):
    DAMAGES[damage](site)
    document = drill(site, code=2)
    failed = [e for e in document["exams"] if e["findings"]]
    assert document["outcome"] == "failed" and document["failed"] == len(failed), failed
    expected = {failed[0]["exam"]} | ({"southside_B-1"} if damage == "a row that points to another pack" else set())
    assert {e["exam"] for e in failed} == expected, failed
    if damage == "a row with another UID":
        assert any("its SOPInstanceUID is" in f["reason"] for f in failed[0]["findings"]), failed
    assert notice(site) == document
    assert site.json("status")["lastDrill"]["outcome"] == "failed"
    told = site.explained(failed[0]["exam"])
    assert told["subjects"][0]["lastDrill"]["reason"] == failed[0]["findings"][0]["reason"]
    assert "FAILED" in [e for e in told["events"] if e["what"] == "restoreDrilled"][0]["detail"]
    assert not (site.root / "filmroom-drill").exists()
    outcome = site.command("verify", "--drill", "--as-of", AT, code=2)
    assert failed[0]["exam"] in outcome.output and f"{len(failed)} of 7 exams" in outcome.errors


def test_damage_in_the_slow_tier_is_found(site):
    flip(pack(site, "northside_A-2", "slow"), 700)
    document = drill(site, code=2)
    assert [e["exam"] for e in document["exams"] if e["findings"]] == ["northside_A-2"]


def test_a_slow_tier_that_is_not_mounted_is_a_failure(site):
    (site.root / "archive" / "slow").rename(site.root / "archive" / "unmounted")
    document = drill(site, code=2)
    failed = {e["exam"]: e["findings"] for e in document["exams"] if e["findings"]}
    assert failed.keys() == {"northside_A-2", "southside_B-2"}
    assert all("not mounted" in f[0]["reason"] for f in failed.values())
    (site.root / "archive" / "unmounted").rename(site.root / "archive" / "slow")
    assert drill(site)["outcome"] == "passed" and notice(site)["outcome"] == "passed"


def test_reports_are_restored_as_well(site):
    content = {"type": "report", "exam": {"accessionNumber": "A-1"}, "author": "sato", "status": "final", "text": "nothing",
               "purpose": "treatment"}
    site.drop_file("report.json", json.dumps(content).encode(), kind="reports")
    site.run_once("--as-of", NOON)
    assert {e["exam"]: e["reports"] for e in drill(site)["exams"]}[KEY] == 1
    path, = (site.root / "archive" / "fast" / "northside" / "reports").rglob("*.tar")
    flip(path, 600)
    failed, = [e for e in drill(site, code=2)["exams"] if e["findings"]]
    assert failed["exam"] == KEY


def test_the_rate_bounds_it(site):
    start = time.monotonic()
    total = sum(e["bytes"] for e in drill(site)["exams"])
    free = time.monotonic() - start
    start = time.monotonic()
    drill(site, "--rate", f"{total // 2}B")
    assert 2 < time.monotonic() - start < 30 + free, "what is restored was read twice: verified, and copied"


def test_a_rebuilt_catalogue_knows_of_drills(site):
    drill(site)
    site.command("rebuild")
    assert site.json("status")["lastDrill"]["seed"] == "2026-12"
    assert site.explained(KEY)["subjects"][0]["lastDrill"]["seed"] == "2026-12"


def test_a_site_without_exams_has_nothing_to_restore(tmp_path):
    site = LendingSite(tmp_path / "site")
    assert site.json("status")["lastDrill"] is None
    assert drill(site)["exams"] == []


def test_mistakes_of_usage(site, tmp_path):
    for arguments in [
        ["--exams", "3"], ["--drill", "--exams", "0"], ["--drill", "--seed", "a/b"], ["--drill", "--keep"],
        ["--drill", "--repair"], ["--to", tmp_path], ["--drill", "--seed", ""],
    ]:
        site.command("verify", *arguments, code=64)
    outcome = site.command("verify", "--drill", "--to", tmp_path / "none", code=1)
    assert "no such folder" in outcome.errors and site.json("status")["lastDrill"] is None
