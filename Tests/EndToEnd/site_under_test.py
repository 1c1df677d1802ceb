"""A site in a temporary folder, used as its parties use it: drops go in, receipts come out."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator

import product
from bundles import file_paths

SCHEMAS = Path(__file__).parent / "schemas"
ADDRESS = {"street": "1 High Street", "city": "London", "postalCode": "N1 1AA", "country": "GB"}
PARTIES = {
    "site": {
        "id": "northbank", "name": "Northbank Reading Service", "timeZone": "Europe/London", "currency": "EUR",
        "address": dict(ADDRESS), "vatID": None, "certifiedDisplay": False,
    },
    "facilities": [
        {
            "id": id, "name": f"{id} clinic", "issuerOfPatientID": id.upper(), "timeZone": "Asia/Tokyo",
            "purposes": ["treatment", "teaching"], "defaultPurpose": "treatment", "recipientFormats": ["dicom", "png"],
            "address": dict(ADDRESS), "vatID": None,
        }
        for id in ("northside", "southside")
    ],
    "readers": [
        {"id": id, "name": f"Dr {id}", "personName": f"{id.upper()}^X", "weight": 1.0}
        for id in ("sato", "ito", "weber")
    ],
    "management": [{"id": "office"}],
    "chartSystems": [{"id": "northside-ehr", "facility": "northside", "formats": ["fhir"]}],
}
SETTLE_SECONDS = 0.3


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def schema(name):
    return Draft202012Validator(json.loads((SCHEMAS / f"{name}.schema.json").read_text()))


def checksum_line(digest, path):
    """One line as `sha256sum` prints it, with its escapes."""
    if b"\\" in path or b"\n" in path or b"\r" in path:
        escaped = path.replace(b"\\", b"\\\\").replace(b"\n", b"\\n").replace(b"\r", b"\\r")
        return b"\\" + digest.encode() + b"  " + escaped + b"\n"
    return digest.encode() + b"  " + path + b"\n"


def attestation(path):
    """The text of `<name>.sha256` for a file or folder."""
    path = Path(path)
    if path.is_dir():
        inner = file_paths(path)
        lines = [checksum_line(sha256((path / os.fsdecode(p)).read_bytes()), p) for p in inner]
    else:
        with path.open("rb") as file:
            lines = [checksum_line(hashlib.file_digest(file, "sha256").hexdigest(), os.fsencode(path.name))]
    return b"".join(lines) + b"# end %d\n" % len(lines)


def drop_digest(path):
    """What the contract calls the digest of a drop (section 2)."""
    path = Path(path)
    if not path.is_dir():
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    inner = file_paths(path)
    if (path / "bagit.txt").exists():
        inner = [p for p in inner if p.startswith(b"data/")]
    return sha256(b"".join(checksum_line(sha256((path / os.fsdecode(p)).read_bytes()), p) for p in inner))


class Site:
    """One site, with two facilities, three readers, an office and a chart system."""

    def __init__(self, root, init=True, **run_options):
        self.root = Path(root)
        self.run_options = run_options
        if init:
            outcome = product.run(["init", "--root", self.root], **run_options)
            assert outcome.code == 0, outcome
            self.configure("parties", PARTIES)
            for kind in ("images", "diagnoses", "requests", "reports", "charts", "acks"):
                if (self.root / "pipelines" / f"{kind}.yaml").exists():
                    self.adjust(kind, settle=f"{SETTLE_SECONDS}s", scanEvery="0.2s")

    # Configuration

    def configure(self, name, content):
        (self.root / "pipelines" / f"{name}.yaml").write_text(yaml.safe_dump(content, sort_keys=False))

    def adjust(self, name, **changes):
        """Changes some keys of a configuration file; a value that is a dict changes some keys of that."""
        path = self.root / "pipelines" / f"{name}.yaml"
        content = yaml.safe_load(path.read_text()) or {}
        for key, value in changes.items():
            if isinstance(value, dict):
                content[key] = {**(content.get(key) or {}), **value}
            else:
                content[key] = value
        path.write_text(yaml.safe_dump(content, sort_keys=False))

    def use_example(self, name):
        """Takes the example of a configuration file out of its comments, as a person does; lines keep their numbers."""
        path = self.root / "pipelines" / f"{name}.yaml"
        lines = [re.sub(r"^#  ", "  ", re.sub(r"^(\w+): \[\]$", r"\1:", line)) for line in path.read_text().split("\n")]
        path.write_text("\n".join(lines))

    # Commands

    def command(self, *arguments, code=0, seconds=60, **options):
        outcome = product.run([*arguments, "--root", self.root], seconds, **{**self.run_options, **options})
        assert code is None or outcome.code == code, outcome
        return outcome

    def json(self, *arguments, code=0, name=None, **options):
        """Runs a command with `--json`: exactly one document on standard output, of the form that its schema says."""
        outcome = self.command(*arguments, "--json", code=code, **options)
        document = json.loads(outcome.output)
        name = name or "-".join(arguments[:2] if arguments[0] == "quarantine" else arguments[:1])
        problems = [f"{list(e.absolute_path)}: {e.message}" for e in schema(f"command-{name}").iter_errors(document)]
        assert not problems, f"{name}: {problems}\n{outcome}"
        return document

    def run_once(self, *arguments, **options):
        return self.command("run", "--once", *arguments, **options)

    def find(self, *arguments):
        return self.command("find", *arguments, "--json").json()

    def instances(self, *arguments):
        """Every instance of `find --instances --json`, with what its series, exam and patient say."""
        return list(flat_instances(self.find(*arguments, "--instances")))

    def explain(self, subject):
        return self.command("explain", subject).output

    # Parties' folders

    def incoming(self, party="northside", kind="images"):
        path = self.root / "spool" / "incoming" / party / kind
        if not path.exists():
            self.command("status")
        path.mkdir(parents=True, exist_ok=True)
        return path

    def outbound(self, party="northside", kind="receipts"):
        return self.root / "spool" / "outbound" / party / kind

    def drop_file(self, name, content, party="northside", kind="images", attested=True):
        path = self.incoming(party, kind) / name
        path.write_bytes(content)
        if attested:
            self.attest(path)
        return path

    def drop(self, path, party="northside", kind="images", attested=True, name=None):
        """Copies a file or folder in, as a sender would; the attestation comes last."""
        target = self.incoming(party, kind) / (name or Path(path).name)
        if Path(path).is_dir():
            shutil.copytree(path, target)
        else:
            shutil.copyfile(path, target)
        if attested:
            self.attest(target)
        return target

    def attest(self, path):
        Path(f"{path}.sha256").write_bytes(attestation(path))

    # What comes back

    def receipts(self, party="northside"):
        """`{file name: receipt}`; each is checked for its form, its name and its checksum file."""
        found = {}
        folder = self.outbound(party)
        for path in sorted(folder.glob("*.json")) if folder.exists() else []:
            text = path.read_bytes()
            receipt = json.loads(text)
            self.check_receipt(path, text, receipt)
            found[path.name] = receipt
        return found

    def check_receipt(self, path, text, receipt):
        problems = [f"{list(e.absolute_path)}: {e.message}" for e in schema("receipt").iter_errors(receipt)]
        assert not problems, f"{path.name}: {problems}\n{text[:2000]}"
        if receipt["status"] == "incomplete":
            assert path.name == f"{receipt['drop']['kind']}.{receipt['drop']['name']}.incomplete.json"
            return
        beside = subprocess.run(
            ["sha256sum", "--strict", "-c", f"{path.name}.sha256"], cwd=path.parent, capture_output=True, text=True)
        assert beside.returncode == 0, f"{path.name}: no checksum file that holds: {beside.stderr}"
        start = f"{receipt['drop']['kind']}.{receipt['drop']['name']}.{receipt['drop']['sha256'][:8]}"
        assert re.fullmatch(re.escape(start) + r"(\.\d+)?\.json", path.name), path.name

    def receipt(self, name, party="northside"):
        """The newest receipt of a drop."""
        found = [r for r in self.receipts(party).values() if r["drop"]["name"] == name]
        assert found, f"no receipt for {name}; there are {sorted(self.receipts(party))}"
        return max(found, key=lambda r: r["drop"]["id"])

    def statuses(self, party="northside"):
        """`{drop name: status}`."""
        return {r["drop"]["name"]: r["status"] for r in self.receipts(party).values()}

    def take(self, path, party="northside", kind="images", attested=True, name=None, **options):
        """Drops, works, and gives the receipt."""
        self.drop(path, party, kind, attested, name)
        self.run_once(**options)
        return self.receipt(name or Path(path).name, party)

    def take_file(self, name, content, party="northside", kind="images", attested=True, **options):
        self.drop_file(name, content, party, kind, attested)
        self.run_once(**options)
        return self.receipt(name, party)

    def packs(self):
        """`{relative path: SHA-256}` of every pack."""
        archive = self.root / "archive"
        return {
            str(p.relative_to(archive)): sha256(p.read_bytes()) for p in sorted(archive.rglob("*.tar*")) if p.is_file()
        }

    def unpacked(self, place):
        """The SHA-256 of each instance that plain `tar` finds in the packs."""
        digests = []
        for number, pack in enumerate(sorted((self.root / "archive").rglob("*.tar"))):
            target = Path(place) / str(number)
            target.mkdir(parents=True)
            subprocess.run(["tar", "-xf", pack, "-C", target], check=True)
            assert (target / "pack.json").exists()
            digests += [sha256(p.read_bytes()) for p in target.rglob("*") if p.is_file() and p.name != "pack.json"]
        return sorted(digests)

    def left(self, party="northside", kind="images"):
        """What lies in a party's incoming folder and is not hidden."""
        return sorted(p.name for p in self.incoming(party, kind).iterdir() if not p.name.startswith("."))


def flat_instances(node, above=None):
    """Walks any JSON of exams, series and instances; gives each instance, with what is above it where it says less."""
    above = above or {}
    if isinstance(node, list):
        for child in node:
            yield from flat_instances(child, above)
        return
    if not isinstance(node, dict):
        return
    says_all = "sopInstanceUID" in node and "studyInstanceUID" in node
    merged = {k: v for k, v in above.items() if not says_all or k in ("key", "facility")}
    merged.update({k: v for k, v in node.items() if not isinstance(v, (dict, list))})
    merged.update({k: v for k, v in node.items() if isinstance(v, list) and not any(isinstance(i, dict) for i in v)})
    for key in ("patient", "attributes"):
        if isinstance(node.get(key), dict):
            merged.update(node[key])
    if "sopInstanceUID" in merged:
        yield merged
        return
    for key, child in node.items():
        if key not in ("patient", "attributes"):
            yield from flat_instances(child, merged)


def wait_until(condition, seconds=10, pause=0.02):
    """Waits for a condition; gives its value, and fails when it does not come."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < deadline, f"not within {seconds} s: {condition}"
        time.sleep(pause)
