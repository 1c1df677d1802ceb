"""A site with a reading protocol: exams come in, readers answer, results are determined."""

import json
from datetime import datetime, timedelta, timezone

from dicom_files import dicom_bytes, uid
from site_under_test import PARTIES, Site

READERS = ("sato", "ito", "weber")
LABELS = ["normal", "benign", "recall"]
PROTOCOL = {
    "id": "screening", "match": {"modalities": ["MG"]}, "labels": LABELS, "ordered": True, "readers": list(READERS),
    "number": "all", "examComplete": "10m", "quorum": 2, "minimumReads": "all", "technicalRecall": ["repeat"],
    "rule": {"kind": "weighted", "threshold": "0.5", "positive": "recall", "ties": "mostSevere"},
}
START = datetime(2026, 11, 20, 10, 0, tzinfo=timezone.utc)


def at(minutes):
    """So long after the first exams came."""
    return (START + timedelta(minutes=minutes)).isoformat()


def entry(id, weight="1.0", **others):
    return {"id": id, "name": f"Dr {id}", "weight": weight, **others}


class ReadingSite(Site):
    """A site whose clock a test turns, in minutes."""

    def __init__(self, root, protocol=None, readers=None):
        super().__init__(root)
        self.configure_reading(protocol, readers)
        self.drops = 0

    def configure_reading(self, protocol=None, readers=None):
        self.configure("reading", {"protocols": [{**PROTOCOL, **(protocol or {})}]})
        self.configure("parties", {**PARTIES, "readers": readers or [entry(id) for id in READERS]})

    def exams(self, accessions, minute=0):
        """Takes exams in and has them assigned."""
        for accession in accessions:
            self.drop_file(f"{accession}.dcm", dicom_bytes(accession, rows=8, columns=8))
        self.run_at(minute)
        self.run_at(minute + 15)

    def run_at(self, minute):
        self.run_once("--as-of", at(minute), seconds=120)

    def read(self, reader, labels, minute, **others):
        """One drop with a reader's answers, `{accession: label}`; run later."""
        self.drops += 1
        reads = [self.diagnosis(reader, accession, label, minute, **others) for accession, label in labels.items()]
        self.drop_file(f"reads{self.drops}.json", json.dumps(reads).encode(), party=reader, kind="diagnoses")

    @staticmethod
    def diagnosis(reader, accession, label, minute, **others):
        return {
            "type": "diagnosis", "reader": reader, "exam": {"facility": "northside", "accessionNumber": accession},
            "label": label, "confidence": 0.8, "findings": [], "text": None, "readAt": at(minute), "round": 1,
            "packetVersion": 1, "retracts": None, **others,
        }

    def consensus(self, minute, *arguments, **options):
        return self.command("consensus", "--as-of", at(minute), *arguments, seconds=120, **options)

    def results(self, party="office"):
        return self.outbound(party, "results")

    def result(self, accession, version=1, party="office"):
        return json.loads((self.results(party) / f"northside_{accession}.v{version}.json").read_text())


def image_uid(accession):
    return uid("sop", uid("study", accession), "1", 1)
