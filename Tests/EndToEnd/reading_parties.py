"""Reading as its parties drive it: exams come in, readers answer what lies in their worklists, the office looks on."""

import copy
import json
import subprocess
from pathlib import Path

from dicom_files import dicom_bytes, study_files
from site_under_test import PARTIES, Site, schema, sha256

NOON = "2026-11-20T12:00:00Z"
READ_AT = "2026-11-20T12:10:00Z"
AFTER = "2026-11-20T13:00:00Z"
OFFICE = "office"


def protocol(**changes):
    """The contract's example, with every exam whole at once; a `rule` changes some keys of its rule."""
    result = {
        "id": "screening", "labels": ["normal", "benign", "recall"], "ordered": True,
        "readers": ["sato", "ito", "weber"], "number": "all", "blinded": True, "rounds": 1, "examComplete": "0s",
        "quorum": 2, "minimumReads": "quorum",
        "rule": {"kind": "weighted", "threshold": 0.5, "positive": "recall", "ties": "escalate", "arbiter": "weber"},
    }
    rule = {**result["rule"], **changes.pop("rule", {})}
    result.update(changes)
    result["rule"] = {k: v for k, v in rule.items() if v is not None}
    return {k: v for k, v in result.items() if v is not None}


def reader(id, **more):
    return {"id": id, "name": f"Dr {id}", "personName": f"{id.upper()}^X", "weight": 1.0, **more}


class ReadingSite(Site):
    """A site whose readers read by the protocols that it is given."""

    def __init__(self, root, *protocols, readers=None, **options):
        super().__init__(root, **options)
        if readers:
            self.configure_readers(readers)
        self.configure("reading", {"protocols": list(protocols) or [protocol()]})

    def configure_readers(self, readers):
        parties = copy.deepcopy(PARTIES)
        parties["readers"] = readers
        self.configure("parties", parties)

    # Exams

    def bring(self, accession="A-1", count=1, party="northside", at=NOON, name=None, **attributes):
        """Drops the images of an exam and works."""
        self.put(accession, count, party, name, **attributes)
        return self.run_once("--as-of", at) if at else None

    def put(self, accession="A-1", count=1, party="northside", name=None, first=1, **attributes):
        for number in range(first, first + count):
            content = dicom_bytes(accession, number=number, **{"rows": 32, "columns": 32, **attributes})
            self.drop_file(f"{name or accession.replace('/', '-')}.{number}.dcm", content, party)

    # What readers have and say

    def worklist(self, reader):
        """The keys of the exams that lie there."""
        folder = self.outbound(reader, "worklists")
        return sorted(p.name for p in folder.iterdir() if not p.name.startswith(".")) if folder.exists() else []

    def packet(self, reader, key="northside_A-1"):
        return self.outbound(reader, "worklists") / key

    def exam_json(self, reader, key="northside_A-1"):
        document = json.loads((self.packet(reader, key) / "exam.json").read_text())
        check("exam", document)
        return document

    def template(self, reader, key="northside_A-1"):
        document = json.loads((self.packet(reader, key) / "diagnosis-template.json").read_text())
        check("diagnosis", document)
        return document

    def answer(self, reader, label, key="northside_A-1", at=READ_AT, **more):
        """The packet's template filled in."""
        return {**self.template(reader, key), "label": label, "readAt": at, **more}

    def say(self, reader, *answers, name="read.json"):
        """Drops diagnoses without working."""
        content = answers[0] if len(answers) == 1 else list(answers)
        return self.drop_file(name, json.dumps(content).encode(), reader, "diagnoses")

    def read(self, reader, *answers, name="read.json", at=AFTER):
        """Drops diagnoses, works, and gives the reads of the receipt."""
        return self.take_reads(reader, name, json.dumps(answers[0] if len(answers) == 1 else list(answers)).encode(), at)

    def take_reads(self, reader, name, content, at=AFTER, **options):
        return self.take_document(reader, "diagnoses", name, content, at, **options)["reads"]

    def take_document(self, party, kind, name, content, at=AFTER, attested=True):
        if not isinstance(content, bytes):
            content = json.dumps(content).encode()
        self.drop_file(name, content, party, kind, attested)
        self.run_once("--as-of", at)
        return self.receipt(name, party)

    def ask(self, party, *items, name="request.json", at=AFTER):
        """Drops requests, works, and gives the items of the receipt."""
        return self.take_document(party, "requests", name, items[0] if len(items) == 1 else list(items), at)["items"]

    def all_read(self, labels, key="northside_A-1", at=AFTER, minute=10):
        """One answer of each reader, in one run."""
        for who, label in labels.items():
            self.say(who, self.answer(who, label, key, f"2026-11-20T12:{minute:02}:00Z"), name=f"{key}.{minute}.json")
        self.run_once("--as-of", at)

    # What the office has

    def notices(self, office=OFFICE):
        """`{file name: notice}`."""
        return {p.name: checked("notice", p) for p in published(self.outbound(office, "notices"))}

    def consensus(self, at=AFTER):
        """The results that a consensus run made: `[(exam, version, outcome)]`."""
        made = json.loads(self.command("consensus", "--json", "--as-of", at).output)["determined"]
        return [(r["exam"], r["version"], r["outcome"]) for r in made]

    def result(self, key="northside_A-1", version=1, party=OFFICE):
        return json.loads((self.outbound(party, "results") / f"{key}.v{version}.json").read_text())

    def results(self, party=OFFICE):
        return sorted(p.name for p in published(self.outbound(party, "results")))


def published(folder):
    """The JSON files of an outbound folder, each with a checksum file that holds."""
    found = sorted(p for p in folder.glob("*.json") if not p.name.startswith(".")) if folder.exists() else []
    for path in found:
        check_sum(path)
    return found


def check_sum(path):
    """`sha256sum -c` of a file's `.sha256`, or of a folder's `SHA256SUMS`, which names every file in it."""
    is_folder = path.is_dir()
    command = ["sha256sum", "--quiet", "--strict", "-c", "SHA256SUMS" if is_folder else f"{path.name}.sha256"]
    outcome = subprocess.run(command, cwd=path if is_folder else path.parent, capture_output=True, text=True)
    assert outcome.returncode == 0, (path, outcome.stderr)
    if is_folder:
        named = {line.split("  ", 1)[1] for line in (path / "SHA256SUMS").read_text().splitlines()}
        assert named == {str(p.relative_to(path)) for p in path.rglob("*") if p.is_file()} - {"SHA256SUMS"}


def checked(name, path):
    document = json.loads(path.read_text())
    check(name, document)
    return document


def check(name, document):
    problems = [f"{list(e.absolute_path)}: {e.message}" for e in schema(name).iter_errors(document)]
    assert not problems, problems


def files(folder):
    """`{relative path: SHA-256}` of everything in a folder, except what is on its way."""
    return {
        str(p.relative_to(folder)): sha256(p.read_bytes())
        for p in sorted(Path(folder).rglob("*")) if p.is_file() and not p.name.startswith(".")
    }


def canonical(read):
    """The digest that seals a read, as the interface's documentation has it computed (RFC 8785)."""
    findings = [
        {k: _number(f.get(k)) for k in ("code", "laterality", "sopInstanceUID", "x", "y", "text")}
        for f in read.get("findings") or []
    ]
    whole = {
        "type": "diagnosis", "reader": read["reader"],
        "exam": {k: read["exam"].get(k) or None for k in ("facility", "accessionNumber", "studyInstanceUID")},
        "label": read.get("label"), "confidence": _number(read.get("confidence")), "findings": findings,
        "text": read.get("text") or None, "readAt": read["readAt"], "round": read.get("round") or 1,
        "packetVersion": read.get("packetVersion"), "retracts": read.get("retracts"),
    }
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode())


def _number(value):
    return int(value) if isinstance(value, float) and value.is_integer() else value
