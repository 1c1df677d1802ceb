"""A site whose parties ask for stored exams, and what they find in their deliveries."""

import io
import json
import tarfile
import zipfile

import pydicom
import yaml

from dicom_files import dicom_bytes
from reading_parties import NOON, ReadingSite, check, check_sum, checked
from site_under_test import sha256

LATER = "2026-11-20T13:00:00Z"
PRICES = {
    "effective": "2026-01-01", "storageUnit": "GB", "storage": {"fast": "0.20", "slow": "0.02"},
    "dataFees": [
        {"modality": "MG", "purpose": "treatment", "fee": "4.50"}, {"purpose": "teaching", "fee": "1.00"}, {"fee": "2.00"}],
    "rents": {}, "tax": {"category": "S", "percent": "20"},
}


class LendingSite(ReadingSite):
    """A site with two facilities, prices, and the images that were dropped."""

    def __init__(self, root, prices=PRICES, **options):
        super().__init__(root, **options)
        self.configure("reading", {"protocols": []})
        self.price(prices)
        self.dropped = {}
        self.requests = 0

    def price(self, prices):
        self.configure("tariff", {"priceLists": [prices] if prices else [], "rentals": []})

    def purposes(self, *more, sharing=(), quotas=()):
        """The usual purposes, with some besides."""
        path = self.root / "pipelines" / "purposes.yaml"
        usual = yaml.safe_load(path.read_text())["purposes"][:2]
        content = {"purposes": usual + list(more), "sharing": list(sharing)}
        self.configure("purposes", {**content, "quotas": list(quotas)} if quotas else content)

    def store(self, accession="A-1", count=2, party="northside", **attributes):
        """Drops the images of an exam, without working; remembers their bytes by SOP Instance UID."""
        key = f"{party}_{accession}"
        for number in range(1, count + 1):
            content = dicom_bytes(accession, number=number, **{"rows": 24, "columns": 24, **attributes})
            name = f"{accession}.{attributes.get('modality', '')}{attributes.get('series', '')}{number}.dcm"
            self.drop_file(name, content, party)
            uid = pydicom.dcmread(io.BytesIO(content), stop_before_pixels=True).SOPInstanceUID
            self.dropped.setdefault(key, {})[str(uid)] = content

    def request(self, party, *items, at=LATER, code=0):
        """Drops requests in one file, works, and gives the items of the receipt."""
        self.put_request(party, *items)
        self.run_once("--as-of", at, code=code)
        return self.receipt(f"request{self.requests}.json", party)["items"]

    def put_request(self, party, *items):
        self.requests += 1
        content = json.dumps(items[0] if len(items) == 1 else list(items)).encode()
        self.drop_file(f"request{self.requests}.json", content, party, "requests")

    def delivery(self, name, party="northside"):
        """A delivery's folder, whole by its own list."""
        folder = self.outbound(party, "deliveries") / name
        check_sum(folder)
        return folder

    def deliveries(self, party="northside"):
        folder = self.outbound(party, "deliveries")
        return sorted(p.name for p in folder.iterdir() if not p.name.startswith(".")) if folder.exists() else []

    def summary(self, name, party="northside"):
        return checked("summary", self.delivery(name, party) / "summary.json")

    def release(self, name, exam="northside_A-1", party="northside"):
        """What a release says, of files that are what it says."""
        folder = self.delivery(name, party) / exam
        release = checked("release", folder / "release.json")
        for file in release["files"]:
            content = (folder / file["path"]).read_bytes()
            assert (sha256(content), len(content)) == (file["sha256"], file["byteCount"]), file
        there = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()} - {"release.json"}
        assert there == {file["path"] for file in release["files"]}
        return release

    def denial(self, name, exam="northside_A-1", party="northside"):
        folder = self.delivery(name, party)
        assert not (folder / exam).exists()
        return checked("denial", folder / f"{exam}.denial.json")

    def images(self, name, exam="northside_A-1", party="northside"):
        """`{path: data set}`: pydicom reads each of them."""
        folder = self.delivery(name, party) / exam
        return {p.name: pydicom.dcmread(p) for p in sorted((folder / "images").glob("*.dcm"))}

    def explained(self, subject):
        document = json.loads(self.command("explain", subject, "--json").output)
        check("command-explain", document)
        return document


def ask(id, accession="A-1", purpose="treatment", **more):
    """A request for one exam."""
    return {"type": "request", "id": id, "exam": {"accessionNumber": accession}, "purpose": purpose, **more}


def unpacked(path):
    """`{name: bytes}` of an archive."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            return {name: archive.read(name) for name in archive.namelist()}
    with tarfile.open(path) as archive:
        return {member.name: archive.extractfile(member).read() for member in archive if member.isfile()}


__all__ = ["LATER", "NOON", "PRICES", "LendingSite", "ask", "unpacked"]
