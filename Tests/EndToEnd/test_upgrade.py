"""Sites that earlier versions made are read, verified and worked on by this one."""

import json
import subprocess

import pytest

import conftest
from dicom_files import dicom_bytes
from site_under_test import Site

SITES = sorted((conftest.FIXTURES / "sites").glob("*.tar.gz"))


@pytest.mark.parametrize("kept", SITES, ids=[path.name for path in SITES])
def test_a_site_of_an_earlier_version(kept, tmp_path):
    subprocess.run(["tar", "-xzf", kept, "-C", tmp_path], check=True)
    site = Site(tmp_path / "site", init=False)
    expected = json.loads((site.root / "expected.json").read_text())

    assert site.find("--instances") == expected
    assert site.command("verify").code == 0
    assert site.statuses()["day.tar"] == "accepted" and site.statuses()["cut.dcm"] == "quarantined"
    assert site.take_file("again.dcm", dicom_bytes("A-1"))["status"] == "duplicate"
    assert site.take_file("waiting.dcm", dicom_bytes("A-3"))["status"] == "accepted"
    results = sorted(path.name for path in site.outbound("office", "results").glob("northside_*.json"))
    site.command("consensus", "--replay")
    site.command("rebuild")
    assert site.command("consensus").output == ""
    assert sorted(path.name for path in site.outbound("office", "results").glob("northside_*.json")) == results
    assert site.command("verify").code == 0
