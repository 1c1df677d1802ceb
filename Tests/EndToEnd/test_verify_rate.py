"""Verification at a bounded rate: it takes the time that the bound says, and reads both tiers."""

import time

from dicom_files import dicom_bytes


def test_the_rate_bounds_both_tiers(site):
    site.drop_file("a.dcm", dicom_bytes("A-1", rows=900, columns=900))
    site.drop_file("b.dcm", dicom_bytes("A-2", rows=900, columns=900))
    site.run_once()
    site.json("tier", "--demote", "northside_A-2")
    start = time.monotonic()
    free = site.json("verify")
    unbounded = time.monotonic() - start
    assert free["packs"] == 2 and free["findings"] == []
    start = time.monotonic()
    bounded = site.json("verify", "--rate", f"{free['bytes'] // 4}B")
    assert bounded == free
    assert 3.9 < time.monotonic() - start < 12 + unbounded, "all bytes of both tiers in four seconds, not half of them"


def test_a_rate_that_is_none_is_a_mistake_of_usage(site):
    for rate in ["0MB", "fast", "50XB", "99999999999999999999MB"]:
        site.command("verify", "--rate", rate, code=64)
