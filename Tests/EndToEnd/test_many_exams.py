"""One request for very many exams: it is answered whole, in bounded memory, and keeps nobody else waiting."""

import signal
from subprocess import DEVNULL

import pytest

import bundles
import product
from dicom_files import dicom_bytes
from lending_site import NOON, LendingSite, ask
from site_under_test import wait_until

MEGABYTE = 1 << 20


def request_for_all(root, place, count, seconds):
    """Asks for `count` exams, and, while these are made, for one of another facility."""
    site = LendingSite(root)
    site.drop(bundles.make_tar(place, "day.tar", {
        str(n): dicom_bytes(f"M-{n:05}", rows=16, columns=16, patient_id="P-7") for n in range(count)}))
    site.store("S-1", 1, "southside")
    site.run_once("--as-of", NOON, seconds=seconds)
    site.adjust("images", workers=1)
    site.put_request("northside", {"type": "request", "id": "MANY", "exams": {"patientID": "P-7"}, "purpose": "treatment"})
    process = product.launch(["run", "--root", site.root], stdout=DEVNULL, stderr=DEVNULL)
    memory = product.PeakMemory(process.pid)

    def made():
        found = [d["made"] for d in site.json("status")["deliveries"] if d["path"] == "northside/deliveries/MANY"]
        return found[0] if found else 0

    try:
        wait_until(made, 60 + count / 20, 0.1)
        before = made()
        site.put_request("southside", ask("ONE", "S-1"))
        wait_until(lambda: site.deliveries("southside"), 60, 0.1)
        between = made() - before
        assert site.deliveries("northside") == [], "it is not made in one go"
        wait_until(lambda: site.deliveries("northside"), seconds, 0.5)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        memory.join()
    assert site.summary("MANY")["counts"] == {"granted": count, "reduced": 0, "denied": 0, "failed": 0}
    assert sum(1 for _ in site.delivery("MANY").glob("*/release.json")) == count
    print(f"{count} exams; {between} were made while another facility waited; {memory.peak_bytes / MEGABYTE:.0f} MB")
    return between, memory.peak_bytes


@pytest.mark.slow
def test_a_few_hundred_exams_beside_one(tmp_path):
    between, peak = request_for_all(tmp_path / "site", tmp_path, 200, 170)
    assert between < 150 and peak < 150 * MEGABYTE


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_ten_thousand_exams_beside_one(tmp_path):
    between, peak = request_for_all(tmp_path / "site", tmp_path, 10_000, 3600)
    assert between < 500, "another facility's single exam is given in between"
    assert peak < 400 * MEGABYTE
