"""Parties × purposes × kinds × density × rights: every delivery of one exam, held against a second writing of the rules."""

import copy
import hashlib
import io
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pydicom
import pytest

import derivative_checker as checker
import range_table as table
from lending_site import LATER, NOON, LendingSite, ask
from reading_parties import check_sum, checked, protocol
from site_under_test import PARTIES, sha256
from test_derived import errors

IDENTITY = (b"YAMADA", b"P-1\x00", b"NORTHSIDE", b"L CC", b"L MLO")
VERIFIER = shutil.which("dciodvfy", path=f"{Path(sys.executable).parent}:/usr/bin")


class TableSite(LendingSite):
    """A site with one exam that is asked for in every way."""

    def __init__(self, root, prices=None):
        super().__init__(root, prices)
        parties = copy.deepcopy(PARTIES)
        parties["facilities"].append({**copy.deepcopy(parties["facilities"][0]), "id": "eastside", "issuerOfPatientID": "EASTSIDE"})
        for facility in parties["facilities"]:
            facility["purposes"] = list(table.RANGES)
        self.configure("parties", parties)
        self.configure("purposes", {"purposes": table.PURPOSES, "sharing": [
            {"from": "northside", "to": "southside", "purposes": table.SHARED, "patients": ["P-1"]}]})
        self.configure("reading", {"protocols": [protocol(
            readers=["sato", "ito"], match={"modalities": ["MG"]}, rule={"arbiter": None, "ties": "mostSevere"})]})
        self.sources, others = table.exam()
        self.by_digest = {sha256(content): name for name, content in self.sources.items()}
        for name, content in self.sources.items():
            self.drop_file(f"{name}.dcm", content)
        for name, content in others.items():
            self.drop_file("other.dcm", content, "southside" if "facility" in name else "northside")
        self.run_once("--as-of", NOON)
        assert len(self.instances("--facility", "northside")) == len(self.sources) + 1

    def ask_all(self, wishes, seconds=60):
        """Drops a request for each wish, works, and gives `(name, party)` of each delivery."""
        names = []
        by_party = {}
        for number, wish in enumerate(wishes):
            want = {k: wish[k] for k in ("kinds", "pixelDensity", "imageProcessing", "reports") if wish[k] is not None}
            item = ask(f"R-{number}", "A-1", wish["purpose"], prefer=wish["prefer"], want=want)
            item["exam"]["facility"] = "northside"
            by_party.setdefault(wish["party"], []).append(item)
            names.append((f"R-{number}", wish["party"]))
        for party, items in by_party.items():
            for start in range(0, len(items), 200):
                self.put_request(party, *items[start:start + 200])
        self.run_once("--as-of", LATER, seconds=seconds)
        return names


class Judge:
    """Looks at deliveries from outside. What was judged once is not judged again."""

    def __init__(self, site, place):
        self.site, self.place, self.judged, self.known_errors = site, place, {}, {}
        for name, content in site.sources.items():
            (place / f"{name}.dcm").write_bytes(content)

    def differences(self, wish, name, party):
        """One line for each thing that is not as expected."""
        expected = table.expected(wish)
        folder = self.site.delivery(name, party)
        if isinstance(expected, str):
            return list(self.denied(expected, wish, folder))
        return list(self.given(expected, folder / "northside_A-1"))

    def denied(self, reason, wish, folder):
        there = {p.name for p in folder.iterdir()}
        yield there != {"summary.json", "SHA256SUMS", "northside_A-1.denial.json"} and f"there are {there}"
        denial = checked("denial", folder / "northside_A-1.denial.json")
        yield denial["reason"] != reason and f"denied as {denial['reason']}, not {reason}: {denial['message']}"
        if reason in ("densityNotAllowed", "processingNotAllowed", "reportsNotAllowed") and denial["wouldBeAllowed"]:
            offer = denial["wouldBeAllowed"]
            again = table.expected({**wish, **offer, "pixelDensity": float(offer["pixelDensity"]), "prefer": "refuse"})
            yield isinstance(again, str) and f"what would be allowed is denied as {again}"

    def given(self, expected, folder):
        release = checked("release", folder / "release.json")
        said = release["range"]
        rights = (float(said["pixelDensity"]), said["imageProcessing"], said["reports"], said["deidentified"])
        wanted = tuple(expected[key] for key in ("density", "processing", "reports", "deidentified"))
        yield rights != wanted and f"the range is {rights}, not {wanted}"
        yield (release["reducedFrom"] is not None) != expected["reduced"] and "reducedFrom is wrong"
        kinds = sorted({table.IMAGES[name][0] for name in expected["images"]})
        yield said["kinds"] != kinds and f"the kinds are {said['kinds']}, not {kinds}"
        files = [f for f in release["files"] if f["path"].endswith(".dcm")]
        documents = set(table.DOCUMENTS) if expected["reports"] else set()
        wanted_names = Counter(expected["images"] | documents)
        if expected["deidentified"]:
            wanted_names = Counter(None for _ in expected["images"])
        found = Counter(self.site.by_digest.get(f["sourceSHA256"]) for f in files)
        yield found != wanted_names and f"there are {found}, not {wanted_names}"
        yield release["leftOut"] and f"left out: {release['leftOut']}"
        yield (folder / "pixels").is_dir() != (expected["processing"] and bool(expected["images"])) and "pixels/ is wrong"
        for file in files:
            name = self.site.by_digest.get(file["sourceSHA256"])
            key = (name, file["sha256"], expected["density"], expected["processing"])
            if key not in self.judged:
                self.judged[key] = [line for line in self.image(name, folder / file["path"], expected) if line]
            yield from self.judged[key]

    def image(self, name, path, expected):
        content = path.read_bytes()
        ds = pydicom.dcmread(path)
        if name in table.DOCUMENTS or expected["processing"] and expected["density"] == 1 and not expected["deidentified"]:
            yield content != self.site.sources[name] and f"{name} is not what was dropped"
            return
        density, processing = expected["density"], expected["processing"]
        size = (table.side(48, density), table.side(40, density))
        array = ds.pixel_array
        yield array.shape[:2] != size and f"{name}: {array.shape}, not {size}"
        yield np.ptp(array) == 0 and f"{name} is blank"
        source = self.place / f"{name}.dcm" if name else None
        if processing and not expected["deidentified"]:
            yield from (f"{name}: {line}" for line in checker.faults(source, path, density))
        if not processing:
            yield (ds.BitsAllocated, ds.SOPClassUID) != (8, "1.2.840.10008.5.1.4.1.1.7") and f"{name} is not a rendered picture"
            # Of a color image of 8 bits the picture is the stored values.
            stored = [pydicom.dcmread(io.BytesIO(c)) for c in self.site.sources.values()]
            values = [s.PixelData for s in stored if s.get("BitsAllocated") == 16]
            yield any(v and v[1000:1064] in content for v in values) and f"{name} has stored values"
        if source and not processing:
            # A secondary capture has a size, and no place in the patient.
            yield from (f"{name}: {line}" for line in checker.planes(pydicom.dcmread(source), ds, density)
                        if line and "lies elsewhere" not in line)
        if expected["deidentified"]:
            yield from (f"it says {word}" for word in IDENTITY if word in content)
            yield any(i.encode() in content for i in self.identifiers()) and "it has a UID of its source"
        if VERIFIER:
            yield from (f"{name}: new: {line}" for line in (errors(path) or Counter()) - self.errors_of(name))

    def identifiers(self):
        for content in self.site.sources.values():
            ds = pydicom.dcmread(io.BytesIO(content), stop_before_pixels=True)
            yield from (str(ds.SOPInstanceUID), str(ds.SeriesInstanceUID), str(ds.StudyInstanceUID))

    def errors_of(self, name):
        """Those of a source; of all where it is not told which it is."""
        names = [name] if name else list(table.IMAGES)
        for each in names:
            if each not in self.known_errors:
                self.known_errors[each] = errors(self.place / f"{each}.dcm") or Counter()
        found = Counter()
        for each in names:
            found |= self.known_errors[each]
        return found


def judge(root, wishes, seconds):
    site = TableSite(root / "site")
    judged = Judge(site, root)
    wrong = []
    for wish, (name, party) in zip(wishes, site.ask_all(wishes, seconds)):
        wrong += [f"{name} {wish}: {line}" for line in judged.differences(wish, name, party) if line]
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:40])
    return site, judged


def test_every_two_terms_of_a_request(tmp_path):
    wishes = [*table.pairwise(), *table.one_excess_each()]
    outcomes = Counter(o if isinstance(o, str) else "given" for o in map(table.expected, wishes))
    assert outcomes["given"] >= 30 and len(outcomes) == 8, "each kind of answer is among them"
    _, judged = judge(tmp_path, wishes, 150)
    assert len(judged.judged) >= 20


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_the_whole_table(tmp_path):
    wishes = [w for w in table.whole_cross() if w["party"] != "eastside" and w["purpose"] != "nothing"]
    for start in range(0, len(wishes), 1500):
        place = tmp_path / str(start)
        place.mkdir()
        judge(place, wishes[start:start + 1500], 1500)
        shutil.rmtree(place)
