"""Killed at any moment and run again, the site is as if nothing had happened."""

import random
import shutil
import signal
import time
from subprocess import DEVNULL

import pytest

import bundles
import product
from dicom_files import dicom_bytes, study_files
from site_under_test import Site

AS_OF = "2026-11-20T12:00:00+09:00"


def end_state(site):
    """What a site holds: packs, exams, receipts, and what is left in its folders."""
    return {
        "packs": site.packs(),
        "exams": site.find("--instances"),
        "receipts": {
            f"{party}/{p.name}": p.read_text()
            for party in ("northside", "southside") for p in sorted(site.outbound(party).iterdir())
        },
        "left": [
            str(p.relative_to(site.root / "spool"))
            for place in ("incoming", "active", "deferred") for p in (site.root / "spool" / place).rglob("*")
            if p.is_file() and not p.name.startswith(".worker-")
        ],
    }


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A site with bundles that wait, and the end state and time of an undisturbed run over a copy of it."""
    place = tmp_path_factory.mktemp("kill")
    site = Site(place / "loaded")
    large = {"rows": 512, "columns": 512}
    site.drop(bundles.make_tar(place, "a.tar", study_files("A-1", 30, **large)))
    site.drop(bundles.make_zip(place, "b.zip", study_files("A-2", 30, **large)))
    site.drop(bundles.make_folder(place, "c", study_files("A-3", 40)))
    site.drop(bundles.make_bag(place, "d", study_files("A-4", 20)), attested=False)
    site.drop(bundles.make_tar(place, "e.tar", study_files("A-1", 30, **large)), "southside")
    site.drop(bundles.make_tar(place, "f.tar", {f"s{n}/{m}": dicom_bytes(f"B-{n}", number=m) for n in range(30) for m in range(3)}))
    site.drop_file("g.dcm", dicom_bytes("A-5")[:5000])
    site.drop_file("h.dcm", dicom_bytes("A-6"), attested=False)
    site.drop(bundles.make_tar_zst(place, "i.tar.zst", study_files("A-1", 31, **large)))
    undisturbed = copy(site, place / "undisturbed")
    outcome = undisturbed.run_once("--as-of", AS_OF)
    expected = end_state(undisturbed)
    assert len(expected["receipts"]) == 18
    assert expected["left"] == []
    return site, expected, outcome.seconds


def copy(site, root):
    shutil.copytree(site.root, root, symlinks=True)
    return Site(root, init=False)


def run_and_kill(site, seconds):
    process = product.launch(
        ["run", "--once", "--as-of", AS_OF, "--root", site.root], stdout=DEVNULL, stderr=DEVNULL, start_new_session=True)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()


def check_kills(loaded, place, seed, kills):
    site, expected, seconds = loaded
    chance = random.Random(seed)
    disturbed = copy(site, place / "disturbed")
    for _ in range(kills):
        run_and_kill(disturbed, chance.uniform(0, seconds))
    disturbed.run_once("--as-of", AS_OF)
    found = end_state(disturbed)
    for part in expected:
        assert found[part] == expected[part], f"{part} differ (seed {seed})"
    assert disturbed.command("verify").code == 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_killed_once(loaded, tmp_path, seed):
    check_kills(loaded, tmp_path, seed, 1)


@pytest.mark.slow
def test_killed_again_and_again(loaded, tmp_path):
    check_kills(loaded, tmp_path, 1000, 5)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 138))
def test_killed_once_more(loaded, tmp_path, seed):
    check_kills(loaded, tmp_path, seed, 1)


@pytest.mark.slow
def test_rerunning_changes_nothing(loaded, tmp_path):
    site, expected, _ = loaded
    again = copy(site, tmp_path / "again")
    again.run_once("--as-of", AS_OF)
    again.run_once("--as-of", AS_OF)
    assert end_state(again) == expected


@pytest.mark.slow
def test_two_runs_at_once(loaded, tmp_path):
    site, expected, _ = loaded
    shared = copy(site, tmp_path / "shared")
    command = ["run", "--once", "--as-of", AS_OF, "--root", shared.root]
    both = [product.launch(command, stdout=DEVNULL, stderr=DEVNULL) for _ in range(2)]
    codes = [process.wait(60) for process in both]
    assert set(codes) <= {0, 1} and 0 in codes
    shared.run_once("--as-of", AS_OF)
    found = end_state(shared)
    assert len(found["receipts"]) == len(expected["receipts"]) and found["packs"] == expected["packs"]
    assert shared.command("verify").code == 0
