#!/usr/bin/env python3
"""Keeps a small site of this version as a fixture, for later versions to prove that they upgrade it.

    Tests/EndToEnd/make_site_fixture.py VERSION    writes Tests/Fixtures/sites/VERSION.tar.gz

Run it once for each version that is given to users; a fixture that is there is never written again.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import bundles
import product
from dicom_files import dicom_bytes, study_files
from site_under_test import Site

AS_OF = "2026-11-20T12:00:00+09:00"
LATER = "2026-11-20T15:00:00+09:00"
READING = {
    "protocols": [
        {
            "id": "screening", "match": {"modalities": ["MG"]}, "labels": ["normal", "benign", "recall"],
            "readers": ["sato", "ito", "weber"], "examComplete": "10m", "quorum": 2,
            "rule": {"kind": "weighted", "positive": "recall", "ties": "escalate", "arbiter": "weber"},
        }
    ]
}


def read(site, reader, label):
    """A doctor's answer, from the template of the packet."""
    template = site.outbound(reader, "worklists") / "northside_A-1" / "diagnosis-template.json"
    answer = {**json.loads(template.read_text()), "label": label, "readAt": AS_OF}
    site.drop_file("answer.json", json.dumps(answer).encode(), reader, "diagnoses")


def make(version):
    target = product.REPOSITORY / "Tests" / "Fixtures" / "sites" / f"{version}.tar.gz"
    if target.exists():
        sys.exit(f"{target} is there already and stays as it is")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        place = Path(place)
        site = Site(place / "site")
        site.configure("reading", READING)
        site.drop(bundles.make_tar(place, "day.tar", study_files("A-1", 3)))
        site.drop_file("conflict.dcm", dicom_bytes("A-1", seed="other pixels"))
        site.drop_file("cut.dcm", dicom_bytes("A-2")[:5000])
        site.drop(bundles.make_folder(place, "folder", study_files("A-1", 2)), "southside")
        site.run_once("--as-of", AS_OF)
        site.drop_file("waiting.dcm", dicom_bytes("A-3")[:3000], attested=False)
        site.run_once("--as-of", LATER)
        for reader, label in (("sato", "recall"), ("ito", "normal")):
            read(site, reader, label)
        site.run_once("--as-of", LATER)
        site.command("consensus", "--as-of", LATER)
        (site.root / "expected.json").write_text(json.dumps(site.find("--instances"), indent=1))
        subprocess.run(["tar", "--format=pax", "-czf", target, "--sort=name", "-C", place, "site"], check=True)
    print(target)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    make(sys.argv[1])
