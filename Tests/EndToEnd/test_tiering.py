"""High-speed and low-speed storage: what is demoted, what stays right, what comes back, and what no kill can lose."""

import json
import random
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from subprocess import DEVNULL

import pytest

import bundles
import product
from dicom_files import dicom_bytes, study_files
from reading_parties import AFTER, NOON, ReadingSite, files, protocol
from site_under_test import Site, sha256

DAY_31 = "2026-12-21T12:00:01Z"
DAY_29 = "2026-12-19T12:00:00Z"
LATER = "2027-03-01T12:00:00Z"
ONE = protocol(readers=["sato"], quorum=1, rule={"arbiter": None})


def tiers(site):
    """`{exam key: the tiers that its images are in}`"""
    return {
        exam["key"]: {i["tier"] for s in exam["series"] for i in s["instances"]} for exam in site.find("--instances")
    }


def on_disk(site):
    """`{tier: names of the packs in it}`"""
    archive = site.root / "archive"
    return {t: sorted(p.name for p in (archive / t).rglob("*.tar*") if ".staging" not in p.parts) for t in ("fast", "slow")}


def tier(site, at, *arguments, code=0, **options):
    return site.json("tier", "--as-of", at, *arguments, code=code, **options)


def unpacked(site, place):
    """The SHA-256 of each instance that plain `zstd` and `tar` find in all packs."""
    digests = []
    for number, pack in enumerate(sorted((site.root / "archive").rglob("*.tar*"))):
        target = place / str(number)
        target.mkdir(parents=True)
        if pack.suffix == ".zst":
            plain = subprocess.run(["zstd", "-qdc", pack], check=True, capture_output=True).stdout
            subprocess.run(["tar", "-x", "-C", target], input=plain, check=True)
        else:
            subprocess.run(["tar", "-xf", pack, "-C", target], check=True)
        digests += [sha256(p.read_bytes()) for p in target.rglob("*") if p.is_file() and p.name != "pack.json"]
    return sorted(digests)


@pytest.fixture
def stored(site):
    """Two exams of one facility and one of the other, last stored on 20 November."""
    site.drop_file("a.dcm", dicom_bytes("A-1"))
    site.drop_file("b.dcm", dicom_bytes("A-2", rows=900, columns=900))
    site.drop_file("c.dcm", dicom_bytes("A-1", seed="other"), "southside")
    site.run_once("--as-of", NOON)
    return site


# Demotion by age

def test_exams_leave_the_fast_tier_after_thirty_days(stored, tmp_path):
    before = stored.find()
    instances = unpacked(stored, tmp_path / "before")
    times = {p.name: p.stat().st_mtime_ns for p in (stored.root / "archive/fast").rglob("*.tar")}
    assert tier(stored, DAY_29) == {"demoted": [], "recalled": [], "settled": 0, "failures": []}
    report = tier(stored, DAY_31)
    assert sorted(d["exam"] for d in report["demoted"]) == ["northside_A-1", "northside_A-2", "southside_A-1"]
    assert set(map(frozenset, tiers(stored).values())) == {frozenset({"slow"})}
    disk = on_disk(stored)
    assert disk["fast"] == [] and disk["slow"] == sorted(n + ".zst" for n in times)
    assert {p.name: p.stat().st_mtime_ns for p in (stored.root / "archive/slow").rglob("*.tar.zst")} == {
        n + ".zst": t for n, t in times.items()}
    assert stored.find() == before and unpacked(stored, tmp_path / "after") == instances
    assert stored.json("verify")["packs"] == 3
    assert tier(stored, DAY_31)["demoted"] == []
    story = stored.json("explain", "northside_A-1")["events"]
    assert [(e["what"], e["tier"], e["at"][:10]) for e in story if e["what"] == "demoted"] == [("demoted", "slow", "2026-12-21")]


def test_an_exam_of_which_something_new_came_stays(stored):
    stored.drop_file("d.dcm", dicom_bytes("A-2", number=2))
    stored.run_once("--as-of", DAY_29)
    assert {d["exam"] for d in tier(stored, DAY_31)["demoted"]} == {"northside_A-1", "southside_A-1"}
    assert tiers(stored)["northside_A-2"] == {"fast"}


def test_a_tier_that_is_not_compressed_has_plain_tar(stored):
    stored.adjust("storage", tiers={"slow": {"path": "archive/slow"}})
    names = on_disk(stored)["fast"]
    tier(stored, DAY_31)
    assert on_disk(stored) == {"fast": [], "slow": names}
    stored.json("verify")
    # What is there in another form than the configuration says is found all the same.
    stored.adjust("storage", tiers={"slow": {"path": "archive/slow", "compress": "zstd"}})
    stored.json("verify")
    assert len(tier(stored, LATER, "--recall", "northside_A-2")["recalled"]) == 1


def test_a_copy_of_a_demoted_exam_is_a_duplicate(stored):
    tier(stored, DAY_31)
    shutil.rmtree(stored.outbound())
    stored.drop_file("again.dcm", dicom_bytes("A-2", rows=900, columns=900))
    stored.run_once("--as-of", DAY_31)
    assert stored.receipt("again.dcm")["status"] == "duplicate" and on_disk(stored)["fast"] == []
    stored.drop_file("more.dcm", dicom_bytes("A-2", number=2))
    stored.run_once("--as-of", DAY_31)
    assert tiers(stored)["northside_A-2"] == {"slow", "fast"}
    stored.json("verify")


# Recall

def test_what_is_asked_for_comes_back(stored):
    before = stored.packs()
    tier(stored, DAY_31)
    times = {p.name: p.stat().st_mtime_ns for p in (stored.root / "archive/slow").rglob("*.zst")}
    report = tier(stored, LATER, "--recall", "northside_A-2")
    assert [(r["exam"], r["tier"]) for r in report["recalled"]] == [("northside_A-2", "fast")] and report["demoted"] == []
    assert tiers(stored)["northside_A-2"] == {"fast"} and tiers(stored)["northside_A-1"] == {"slow"}
    back = [p for p in (stored.root / "archive/fast").rglob("*.tar")]
    assert [before[str(p.relative_to(stored.root / "archive"))] for p in back] == [sha256(p.read_bytes()) for p in back]
    assert [p.stat().st_mtime_ns for p in back] == [times[p.name + ".zst"] for p in back]
    stored.json("verify")
    # A recall is a use: the policy leaves it alone for as long again.
    assert tier(stored, LATER)["demoted"] == [] and tier(stored, LATER, "--recall", "northside_A-2")["recalled"] == []
    assert tier(stored, "2027-04-01T12:00:00Z")["demoted"][0]["exam"] == "northside_A-2"
    kinds = [e["what"] for e in stored.json("explain", "northside_A-2")["events"]]
    assert [k for k in kinds if k in ("demoted", "recalled")] == ["demoted", "recalled", "demoted"]


def test_an_exam_that_is_not_there_is_said_to_be_so(stored):
    assert "northside_A-9" in stored.command("tier", "--recall", "northside_A-9", code=1).errors
    stored.command("tier", "--recall", "a", "--demote", "b", code=64)


def test_demotion_by_request(stored):
    assert tier(stored, NOON, "--demote", "northside_A-1")["demoted"][0]["packs"] == 1
    assert tiers(stored) == {"northside_A-1": {"slow"}, "northside_A-2": {"fast"}, "southside_A-1": {"fast"}}


# Reading

@pytest.fixture
def make(tmp_path):
    numbers = iter(range(100))
    return lambda *protocols, **options: ReadingSite(tmp_path / f"site{next(numbers)}", *protocols, **options)


def test_an_exam_of_an_open_reading_stays(make):
    site = make(ONE)
    site.bring(count=2)
    assert site.worklist("sato") == ["northside_A-1"]
    assert tier(site, LATER)["demoted"] == []
    site.read("sato", site.answer("sato", "normal"))
    assert [d["exam"] for d in tier(site, LATER)["demoted"]] == ["northside_A-1"]


def test_a_packet_from_the_slow_tier_is_the_same_to_the_byte(make):
    def packet(at_work):
        site = make(ONE)
        site.adjust("storage", serveFromSlow=True)
        site.bring("OLD", count=3, study_date="20240101", rows=700, columns=700)
        site.read("sato", site.answer("sato", "normal", "northside_OLD"), name="old.json")
        at_work(site)
        site.bring("A-1", count=2, at=LATER)
        return site, files(site.packet("sato"))

    _, expected = packet(lambda site: None)
    slow, found = packet(lambda site: tier(site, DAY_31))
    assert found == expected and len([n for n in found if n.startswith("priors/")]) > 6


def test_the_priors_of_a_reading_are_brought_back_before_it(make):
    site = make(protocol(readers=["sato"], quorum=1, examComplete="10m", match={"modalities": ["MG"]}, rule={"arbiter": None}))
    site.adjust("storage", retainUnacknowledged="400d")
    site.bring("OLD", count=2, study_date="20240101")
    site.run_once("--as-of", AFTER)
    site.read("sato", site.answer("sato", "normal", "northside_OLD"), name="old.json")
    site.bring("ELSE", count=1, study_date="20240101", patient_id="P-2", modality="CT")
    assert len(tier(site, LATER)["demoted"]) == 2
    site.bring("A-1", count=1, at=LATER)
    assert site.worklist("sato") == ["northside_OLD"], "the exam is not whole yet"
    assert tiers(site) == {"northside_OLD": {"fast"}, "northside_ELSE": {"slow"}, "northside_A-1": {"fast"}}


def test_where_nothing_is_served_from_slow_a_packet_waits_for_the_recall(make):
    site = make(ONE)
    site.adjust("storage", serveFromSlow=False)
    site.bring("A-1", count=2)
    site.read("sato", site.answer("sato", "normal"))
    before = files(site.packet("sato"))
    tier(site, LATER)
    shutil.rmtree(site.packet("sato"))
    request = {"type": "request", "id": "R-1", "exam": {"accessionNumber": "A-1"}, "purpose": "reading"}
    assert site.ask("sato", request, at=LATER)[0]["status"] == "accepted"
    assert files(site.packet("sato")) == before and tiers(site)["northside_A-1"] == {"fast"}


# Verify and rebuild

@pytest.mark.parametrize("place", [0.0, 0.001, 0.2, 0.5, 0.8, 0.97, 0.9999, -1, -60])
def test_a_changed_byte_of_a_compressed_pack_is_found(place, stored):
    tier(stored, DAY_31)
    pack = max((stored.root / "archive/slow/northside").rglob("*.zst"), key=lambda p: p.stat().st_size)
    content = bytearray(pack.read_bytes())
    content[place if place < 0 else int(len(content) * place)] ^= 1
    pack.chmod(0o600)
    pack.write_bytes(content)
    findings = stored.json("verify", code=2)["findings"]
    assert {f["exam"] for f in findings} == {"northside_A-2"} and pack.name in findings[0]["path"]


@pytest.mark.parametrize("change", ["missing", "cut", "longer", "copy", "stranger"])
def test_missing_and_extra_files_of_the_slow_tier_are_named(change, stored):
    tier(stored, DAY_31)
    pack = max((stored.root / "archive/slow/northside").rglob("*.zst"), key=lambda p: p.stat().st_size)
    pack.chmod(0o600)
    content = pack.read_bytes()
    name = pack.name
    if change == "missing":
        pack.unlink()
    elif change == "copy":
        target = stored.root / "archive/fast" / pack.relative_to(stored.root / "archive/slow").with_suffix("")
        target.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["zstd", "-qd", pack, "-o", target], check=True)
        name = target.name
    elif change == "stranger":
        name = "stranger.tar.zst"
        pack.with_name(name).write_bytes(content)
    else:
        pack.write_bytes(content[:-1] if change == "cut" else content + b"\0")
    findings = stored.json("verify", code=2)["findings"]
    assert len(findings) == 1 and name in findings[0]["path"], findings


def test_rebuild_takes_both_tiers(stored):
    tier(stored, DAY_31, "--demote", "northside_A-1", "--demote", "southside_A-1")
    stored.drop_file("d.dcm", dicom_bytes("A-2", number=2))
    stored.run_once("--as-of", DAY_31)
    before = stored.find("--instances")
    stories = [e for e in stored.json("explain", "northside_A-1")["events"] if e["what"] == "demoted"]
    made = stored.json("rebuild")
    assert made["packs"] == 4 and made["findings"] == [] and stored.find("--instances") == before
    assert [e for e in stored.json("explain", "northside_A-1")["events"] if e["what"] == "demoted"] == stories
    # When it was last used is known still.
    assert tier(stored, LATER, "--recall", "northside_A-1")["recalled"]
    stored.json("rebuild")
    assert {d["exam"] for d in tier(stored, LATER)["demoted"]} == {"northside_A-2"}
    stored.json("verify")
    for path in (stored.root / "archive").glob("catalog.sqlite*"):
        path.unlink()
    assert stored.json("rebuild")["packs"] == 4
    stored.json("verify")


def test_a_pack_in_two_tiers_is_one(stored):
    tier(stored, DAY_31)
    archive = stored.root / "archive"
    for pack in (archive / "slow").rglob("*.zst"):
        target = (archive / "fast" / pack.relative_to(archive / "slow")).with_suffix("")
        target.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["zstd", "-qd", pack, "-o", target], check=True)
        shutil.copystat(pack, target)
    before = stored.find()
    made = stored.json("rebuild")
    assert made["packs"] == 3 and made["exams"] == 3 and stored.find() == before
    stored.json("verify")
    assert tier(stored, NOON)["settled"] == 3 and on_disk(stored)["slow"] == []
    stored.json("verify")


# Disks

@contextmanager
def small_disk(path, megabytes):
    outcome = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", path], capture_output=True)
    if outcome.returncode:
        pytest.skip("no right to mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", path], check=True)


def test_under_pressure_the_least_recently_used_goes(site, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk, 20):
        site.adjust("storage", tiers={"fast": {"path": str(disk / "fast")}, "slow": {"path": "archive/slow", "compress": "zstd"}},
                    highWater="50%", lowWater="35%", minimumFree="1%")
        for number in range(1, 7):
            site.drop_file(f"{number}.dcm", dicom_bytes(f"A-{number}", rows=1024, columns=1000))
            site.run_once("--as-of", f"2026-11-{number + 10}T12:00:00Z")
        # Six packs of 2 MB on 20 MB; three of them are less than 35 %.
        assert [d["exam"] for d in tier(site, NOON)["demoted"]] == ["northside_A-1", "northside_A-2", "northside_A-3"]
        assert shutil.disk_usage(disk).used <= 0.35 * shutil.disk_usage(disk).total
        assert tier(site, NOON)["demoted"] == []
        site.json("verify")
        # A recall that the disk has no room for is refused, and asks nobody to wait for it.
        site.adjust("storage", minimumFree="75%")
        report = json.loads(site.command("tier", "--recall", "northside_A-1", "--json", "--as-of", NOON, code=1).output)
        assert "minimumFree" in report["failures"][0] and tiers(site)["northside_A-1"] == {"slow"}
        # What could not be brought back then is, when there is room.
        site.adjust("storage", minimumFree="1%")
        assert [r["exam"] for r in tier(site, LATER)["recalled"]] == ["northside_A-1"]


def test_a_full_slow_tier_costs_nothing(site, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk, 3):
        site.adjust("storage", tiers={"fast": {"path": "archive/fast"}, "slow": {"path": str(disk / "slow"), "compress": "zstd"}})
        site.drop(bundles.make_tar(tmp_path, "a.tar", {f"{n}.dcm": dicom_bytes(f"A-{n}", rows=900, columns=900, PixelData=random.Random(n).randbytes(1620000)) for n in range(4)}))
        site.run_once("--as-of", NOON)
        tier(site, DAY_31, code=1)
        assert sorted(tiers(site).values(), key=sorted) == [{"fast"}] * 3 + [{"slow"}]
        site.json("verify")
        assert tier(site, DAY_31, code=1)["settled"] == 1
        site.json("verify")


def test_a_tier_that_is_not_mounted_is_left_alone(stored, tmp_path):
    slow = stored.root / "archive/slow"
    tier(stored, NOON, "--demote", "northside_A-1")
    shutil.move(slow, tmp_path / "aside")
    slow.mkdir()
    before = on_disk(stored)["fast"]
    assert "not mounted" in stored.command("tier", "--as-of", DAY_31, code=1).errors.replace("no marker file", "not mounted")
    assert "marker" in stored.command("tier", "--as-of", DAY_31, "--recall", "northside_A-1", code=1).errors
    assert on_disk(stored)["fast"] == before and list(slow.iterdir()) == []
    slow.rmdir()
    shutil.move(tmp_path / "aside", slow)
    report = tier(stored, DAY_31)
    assert {d["exam"] for d in report["demoted"]} == {"northside_A-2", "southside_A-1"}
    assert tier(stored, LATER)["recalled"] or report["recalled"], "it was asked for, and comes when the disk is there"
    stored.json("verify")


def test_a_marker_of_ones_own(stored):
    stored.adjust("storage", tiers={"slow": {"path": "archive/vault", "compress": "zstd", "marker": ".vault"}})
    stored.command("tier", "--as-of", DAY_31, code=1)
    assert not (stored.root / "archive/vault").exists()
    (stored.root / "archive/vault").mkdir()
    (stored.root / "archive/vault/.vault").touch()
    assert len(tier(stored, DAY_31)["demoted"]) == 3
    stored.json("verify")


def test_a_damaged_pack_stays_where_it_is(stored):
    pack = max((stored.root / "archive/fast/northside").rglob("*.tar"), key=lambda p: p.stat().st_size)
    content = bytearray(pack.read_bytes())
    content[len(content) // 2] ^= 1
    pack.chmod(0o600)
    pack.write_bytes(content)
    report = tier(stored, DAY_31, code=1)
    assert {d["exam"] for d in report["demoted"]} == {"northside_A-1", "southside_A-1"}
    assert "northside_A-2" in report["failures"][0] and pack.read_bytes() == bytes(content)
    assert [p for p in on_disk(stored)["slow"] if pack.name in p] == []


# Kills

@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A site with 40 exams, some of them demoted, and how long a run takes that demotes the others."""
    place = tmp_path_factory.mktemp("tiering")
    site = Site(place / "loaded")
    for number in range(40):
        side = 1000 if number % 4 == 0 else 200
        site.drop(bundles.make_tar(place, f"{number}.tar", study_files(f"A-{number}", 3, rows=side, columns=side)))
    site.run_once("--as-of", NOON)
    started = time.monotonic()
    undisturbed = copy(site, place / "undisturbed")
    started = time.monotonic()
    assert len(tier(undisturbed, DAY_31, seconds=170)["demoted"]) == 40
    return site, time.monotonic() - started, unpacked(site, place / "u")


def copy(site, root):
    shutil.copytree(site.root, root, symlinks=True, copy_function=shutil.copy2)
    return Site(root, init=False)


def kill_after(site, seconds, *arguments):
    process = product.launch(
        ["tier", "--as-of", DAY_31, *arguments, "--root", site.root], stdout=DEVNULL, stderr=DEVNULL, start_new_session=True)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()


def check_killed(loaded, place, seed):
    site, seconds, instances = loaded
    chance = random.Random(seed)
    disturbed = copy(site, place / "disturbed")
    for _ in range(chance.choice([1, 1, 3])):
        kill_after(disturbed, chance.uniform(0.01, seconds))
        # Whatever it had begun, every instance has a sound copy where the catalogue says.
        assert disturbed.json("verify")["packs"] == 40, seed
    if chance.random() < 0.4:
        keys = [f"northside_A-{n}" for n in range(40)]
        tier(disturbed, DAY_31)
        kill_after(disturbed, chance.uniform(0.01, seconds), *[w for k in keys for w in ("--recall", k)])
        disturbed.json("verify")
        tier(disturbed, DAY_31, *[w for k in keys for w in ("--demote", k)])
    else:
        tier(disturbed, DAY_31)
    assert set(map(frozenset, tiers(disturbed).values())) == {frozenset({"slow"})}
    disk = on_disk(disturbed)
    assert disk["fast"] == [] and len(disk["slow"]) == 40
    assert unpacked(disturbed, place / "u") == instances
    assert not any(p.name.startswith("move-") for t in ("fast", "slow") for p in (disturbed.root / "archive" / t / ".staging").glob("*"))
    assert disturbed.json("verify")["findings"] == [] and tier(disturbed, DAY_31)["settled"] == 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_killed_at_any_moment(loaded, tmp_path, seed):
    check_killed(loaded, tmp_path, seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 130))
def test_killed_once_more(loaded, tmp_path, seed):
    check_killed(loaded, tmp_path, seed)


@pytest.mark.slow
def test_a_rebuild_after_a_kill(loaded, tmp_path):
    site, seconds, instances = loaded
    disturbed = copy(site, tmp_path / "disturbed")
    kill_after(disturbed, seconds / 2)
    assert disturbed.json("rebuild")["packs"] == 40
    disturbed.json("verify")
    tier(disturbed, DAY_31)
    disk = on_disk(disturbed)
    assert disk["fast"] == [] and len(disk["slow"]) == 40 and unpacked(disturbed, tmp_path / "u") == instances


@pytest.mark.slow
def test_several_runs_at_once(loaded, tmp_path):
    site, _, instances = loaded
    shared = copy(site, tmp_path / "shared")
    back = [w for n in range(20) for w in ("--recall", f"northside_A-{n}")]
    commands = [[], [], back, []]
    all = [product.launch(["tier", "--as-of", DAY_31, *more, "--root", shared.root], stdout=DEVNULL, stderr=DEVNULL) for more in commands]
    worker = product.launch(["run", "--once", "--as-of", DAY_31, "--root", shared.root], stdout=DEVNULL, stderr=DEVNULL)
    assert [process.wait(100) for process in [*all, worker]] == [0] * 5
    disk = on_disk(shared)
    assert len(disk["fast"]) + len(disk["slow"]) == 40 and unpacked(shared, tmp_path / "u") == instances
    assert shared.json("verify")["findings"] == []
