"""A site whose facilities and chart systems drop charts, and what they find in `liaison/`."""

import json
import re
from urllib.parse import unquote

from lending_site import LendingSite
from reading_parties import check_sum, checked

AT = "2026-11-20T14:00:00Z"


class LiaisonSite(LendingSite):
    """A site where every exam is whole at once."""

    def __init__(self, root, **options):
        super().__init__(root, **options)
        self.purposes()
        self.charts = 0

    def put_chart(self, content, party="northside", name=None):
        """Drops a chart without working; gives the drop's name."""
        self.charts += 1
        if not isinstance(content, bytes):
            content = json.dumps(content).encode()
        name = name or f"chart{self.charts}"
        self.drop_file(name, content, party, "charts")
        return name

    def chart(self, content, party="northside", at=AT, name=None):
        """Drops a chart, works, and gives its receipt."""
        name = self.put_chart(content, party, name)
        self.run_once("--as-of", at)
        return self.receipt(name, party)

    def patients(self, party="northside"):
        folder = self.outbound(party, "liaison")
        return sorted(p.name for p in folder.iterdir() if p.is_dir() and p.name[0] != ".") if folder.exists() else []

    def liaison(self, patient="NORTHSIDE_P-1", party="northside"):
        """A patient's folder, whole by its own list."""
        folder = self.outbound(party, "liaison") / patient
        check_sum(folder)
        return folder

    def links(self, patient="NORTHSIDE_P-1", party="northside"):
        return checked("links", self.liaison(patient, party) / "links.json")

    def linked(self, patient="NORTHSIDE_P-1", party="northside"):
        """`{(entry, exam): (by, certainty)}`."""
        return {(x["entry"], x["exam"]): (x["by"], x["certainty"]) for x in self.links(patient, party)["links"]}

    def page(self, patient="NORTHSIDE_P-1", party="northside"):
        """What the page is told."""
        return page_data(self.liaison(patient, party) / "index.html")


def page_data(path):
    text = path.read_text()
    return json.loads(re.search(r'id="filmroom-page">(.*?)</script>', text, re.S).group(1))


def page_paths(path):
    """Every file that a page names, resolved: of its elements, its images, its reports."""
    text = path.read_text()
    found = {p for p in re.findall(r'(?:src|href)="([^"#][^"]*)"', text) if not p.startswith("data:")}
    data = page_data(path)
    for exam in [data["exam"], *data["priors"]]:
        for instance in (i for s in exam["series"] for i in s["instances"]):
            found |= {*instance["rendered"], *(p["path"] for p in instance["pixels"])}
            found |= {instance["image"]} if instance.get("image") else set()
    for exam in data["chart"]["exams"]:
        found |= {f for report in exam["reports"] for f in report["files"]}
    if data["chart"].get("successor"):
        found.add(data["chart"]["successor"]["path"])
    return {path.parent / unquote(p) for p in found}


def chart_of(*encounters, patient="P-1", issuer=None, name="YAMADA^TARO", **more):
    """A chart in the contract's JSON."""
    who = {"patientID": patient, "name": name, **({"issuerOfPatientID": issuer} if issuer else {})}
    return {"type": "chart", "patient": who, "encounters": list(encounters), **more}


def visit(id, date="2026-11-20", accession=None, **more):
    numbers = {"accessionNumbers": [accession]} if accession else {}
    return {"id": id, "date": date, "text": f"Visit {id}", **numbers, **more}
