"""PDF of invoices, notes, statements and results: what independent readers find in them is what the JSON beside them says."""

import copy
import html
import json
import os
import re
import shutil
import subprocess
import time
from datetime import datetime
from pathlib import Path

import pypdf
import pytest

import product
from dicom_files import dicom_bytes
from reading_site import ReadingSite
from site_under_test import ADDRESS, PARTIES, Site

NOVEMBER = "2026-11-01T00:00:00+09:00"
LINES = {"one": 1, "forty": 40, "many": 5000}
# What is in no font, because it is no character.
NOWHERE = "\u0378"


def parties(names=LINES):
    content = copy.deepcopy(PARTIES)
    content["site"].update(vatID="GB123456789", iban="GB33 BUKB 2020 1555 5555 55", bic="BUKBGB22")
    content["facilities"] = [
        {"id": name, "name": f"東京中央病院 {name} & <Söhne>", "timeZone": "Asia/Tokyo", "address": dict(ADDRESS, country="JP"),
         "purposes": ["treatment"], "buyerReference": f"注文 {name}"}
        for name in names
    ]
    content["chartSystems"] = []
    return content


def numbers(lines, facility):
    """Of its rented units: no two facilities have the same."""
    start = 20_000 * list(lines).index(facility)
    return range(start, start + lines[facility])


def tariff(lines=LINES, name="機器"):
    prices = {"effective": "2026-01-01", "storageUnit": "MB", "storage": {"fast": "31.37"}, "dataFees": [{"fee": "4.50"}],
              "rents": {"unit": {"price": "1234.56", "prorate": "monthly"}}, "tax": {"category": "S", "percent": "20"}}
    rentals = [
        {"facility": facility, "item": "unit", "serial": f"{name}-{number:05}", "from": "2026-10-10", "to": None}
        for facility in lines for number in numbers(lines, facility)
    ]
    return {"priceLists": [prices], "rentals": rentals}


def begin(site, names=LINES):
    """An exam for each facility, with which its months begin."""
    for name in names:
        site.drop_file("a.dcm", dicom_bytes("A-1", rows=200, columns=300, seed=name), name)
    site.run_once("--as-of", "2026-09-12T00:00:00+09:00")


def invoices(site, party, pattern="2026-??????.json"):
    folder = site.root / "spool/outbound" / party / "invoices"
    return [(json.loads(p.read_text()), p.with_suffix(".pdf")) for p in sorted(folder.glob(pattern))]


@pytest.fixture(scope="module")
def billed(tmp_path_factory):
    """Three facilities, billed for October, with 1, 40 and 5,000 things rented; a note for one of them."""
    site = Site(tmp_path_factory.mktemp("paper") / "site")
    site.configure("parties", parties())
    site.configure("tariff", tariff())
    begin(site)
    site.command("invoice", "--as-of", NOVEMBER, seconds=300)
    number = invoices(site, "forty")[-1][0]["number"]
    order = {"type": "credit", "id": "C-1", "invoice": number, "lines": [2, 7], "reason": "壊れた <agreed> & settled"}
    site.drop_file("credit.json", json.dumps(order).encode(), "office", "requests")
    site.run_once("--as-of", "2026-11-03T00:00:00+09:00", seconds=300)
    return site


def words(path):
    """The words of each page, with their places, as poppler finds them."""
    out = subprocess.run(["pdftotext", "-bbox", path, "-"], check=True, capture_output=True, text=True).stdout
    return [
        [(float(x0), float(y0), float(x1), html.unescape(word)) for x0, y0, x1, word in
         re.findall(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="[\d.-]+">(.*?)</word>', page)]
        for page in out.split("<page ")[1:]
    ]


def plain(text):
    """Text as the JSON has its figures: the minus and the spaces of thousands are typography."""
    return re.sub(r"\s+", " ", text.replace("\u202f", "").replace("\u2212", "-").replace("\u00a0", " "))


def text(path):
    return plain(" ".join(page.extract_text() for page in pypdf.PdfReader(path).pages))


def amounts(path):
    """The last column of the charges: the right edge of each figure, that of its column's name, and the figure."""
    found = []
    for page in words(path):
        head = next((w for w in page if w[3] == "Amount"), None)
        if not head:
            continue
        right = next(w[2] for w in page if w[3] == "EUR" and abs(w[1] - head[1]) < 1)
        sums = min((w[1] for w in page if w[3] == "Net"), default=10_000)
        rows = {}
        for x0, y0, x1, word in page:
            if head[1] + 5 < y0 < sums - 1 and x0 > right - 70:
                rows.setdefault(y0, []).append((x0, x1, word))
        for _, row in sorted(rows.items()):
            figure = plain("".join(word for _, _, word in sorted(row)))
            if re.fullmatch(r"-?\d+\.\d\d", figure):
                found.append((max(x1 for _, x1, _ in row), right, figure))
    return found


@pytest.mark.parametrize("facility", LINES)
def test_the_figures_are_those_of_the_invoice(billed, facility):
    for document, path in invoices(billed, facility):
        content = text(path)
        assert f"Invoice {document['number']}" in content and document["buyer"]["name"] in content
        lines = amounts(path)
        assert [figure for _, _, figure in lines] == [line["amount"] for line in document["lines"]]
        assert all(abs(edge - right) < 0.1 for edge, right, _ in lines), "amounts end where their column ends"
        assert f"Net {document['net']}" in content and f"Total {document['total']} EUR" in content
        for tax in document["tax"]:
            assert f"Tax {tax['percent']}% on {tax['base']} {tax['amount']}" in content.replace(" %", "%")
        assert "GB33BUKB20201555555555" in content and f"注文 {facility}" in content
        assert document["previousDigest"] is None or document["previousDigest"] in content
    serials = re.findall(r"機器-(\d{5})", content)
    assert sorted(serials) == [f"{n:05}" for n in numbers(LINES, facility)]


def test_pages_are_as_many_as_are_needed_and_numbered(billed):
    counts = {}
    for facility in LINES:
        path = invoices(billed, facility)[-1][1]
        pages = pypdf.PdfReader(path).pages
        counts[facility] = len(pages)
        for index, page in enumerate(pages):
            content = page.extract_text()
            assert f"Page {index + 1} of {len(pages)}" in content
            # The last page may have the sums alone; every row has the names of its columns above it.
            assert "機器" not in content or "Amount EUR" in content
            assert page.mediabox.width == pytest.approx(595.276) and page.mediabox.height == pytest.approx(841.89)
    assert counts["one"] == 1 and counts["forty"] in (2, 3) and 160 < counts["many"] < 260
    for page in words(invoices(billed, "many")[-1][1]):
        assert all(0 < x0 and x1 < 595 - 40 and 40 < y0 < 842 - 20 for x0, y0, x1, _ in page), "nothing is in the margins"


def test_no_row_is_broken_between_pages(billed):
    pages = words(invoices(billed, "many")[-1][1])
    for page in pages:
        serials, notes = [[w for w in page if re.fullmatch(word, w[3])] for word in (r"機器-\d{5}", "Rent")]
        assert len(serials) == len(notes), "a line's note is on the page of the line"
    assert sum(len([w for w in page if w[3].startswith("機器-")]) for page in pages) == 5000


def test_the_file_says_what_it_is(billed):
    document, path = invoices(billed, "one")[0]
    reader = pypdf.PdfReader(path)
    about = reader.metadata
    assert about.title == f"Invoice {document['number']} · {document['buyer']['name']}"
    assert about.author == "Northbank Reading Service" and about.creator == "Filmroom"
    assert about.creation_date == datetime.fromisoformat(document["issuedAt"]) == about.modification_date
    assert reader.root_object["/Lang"] == "en"
    assert [entry["/Title"] for entry in reader.outline] == ["Charges", "Payment"]
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert len(fonts) >= 3 and all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts), "all are in the file"


def test_a_credit_note_is_printed_too(billed):
    (document, path), = invoices(billed, "forty", "2026-C??????.json")
    content = text(path)
    assert f"Credit note {document['number']}" in content and f"Credits invoice {document['credits']}" in content
    assert "壊れた <agreed> & settled" in content and f"Credited {document['total']} EUR" in content
    assert [figure for _, _, figure in amounts(path)] == [line["amount"] for line in document["lines"]]
    assert len(document["lines"]) == 2 and "IBAN" not in content


def test_copies_are_the_same_and_have_their_digest(billed):
    for facility in LINES:
        for _, path in invoices(billed, facility):
            own = path.read_bytes()
            assert (billed.root / "spool/outbound/office/invoices" / path.name).read_bytes() == own
            subprocess.run(["sha256sum", "-c", "--quiet", f"{path.name}.sha256"], cwd=path.parent, check=True)


def test_issued_anew_it_is_the_same_to_the_byte(billed, tmp_path):
    """Another site, later by the machine's clock, in another zone and language, for a user with fonts of their own."""
    home = tmp_path / "home"
    (home / ".config/fontconfig").mkdir(parents=True)
    (home / ".fonts").mkdir()
    (home / ".config/fontconfig/fonts.conf").write_text(
        '<fontconfig><alias binding="same"><family>DejaVu Sans</family><prefer><family>DejaVu Serif</family></prefer></alias></fontconfig>')
    site = Site(tmp_path / "site")
    site.run_options = {"env": {**os.environ, "HOME": str(home), "TZ": "America/New_York", "LANG": "ja_JP.UTF-8"}}
    site.configure("parties", parties())
    site.configure("tariff", tariff())
    begin(site)
    time.sleep(1.1)
    site.command("invoice", "--as-of", NOVEMBER, seconds=300)
    for facility in ("one", "forty"):
        for (_, path), (_, other) in zip(invoices(billed, facility), invoices(site, facility)):
            assert path.name == other.name and path.read_bytes() == other.read_bytes()


def print_file(document, out, name="document"):
    (out / f"{name}.json").write_text(json.dumps(document))
    return product.run(
        ["file", out / f"{name}.json", "--out", out / f"{name}.pdf"], 300, program=product.FOLDER / "filmroom-print")


def table(count, describe=lambda n: f"item {n}"):
    cell = lambda content: {"texts": [{"text": content, "style": "body"}]}  # noqa: E731
    grid = {
        "columns": [{"share": 0.7, "isRight": False}, {"share": 0.3, "isRight": True}], "header": ["What", "Amount"],
        "rows": [[cell(describe(n)), cell(f"{n}.00")] for n in range(count)], "isRuled": True, "staysTogether": False}
    return {"title": "A table", "author": "", "subject": "", "language": "en", "date": "2026-11-01T00:00:00Z",
            "footer": "A table", "blocks": [{"grid": {"_0": grid}}]}


def test_memory_hardly_grows_with_the_pages(tmp_path):
    peaks = {}
    for count in (500, 20_000):
        outcome = print_file(table(count), tmp_path, f"{count}")
        assert outcome.code == 0, outcome
        peaks[count] = outcome.peak_bytes
    content = (tmp_path / "20000.json").stat().st_size
    assert peaks[20_000] - peaks[500] < 30e6 + 12 * content, peaks


def test_a_row_that_no_page_holds_goes_on(tmp_path):
    paragraph = lambda n: " ".join(f"word{n}x{i}" for i in range(3000)) if n == 1 else f"row {n}"  # noqa: E731
    assert print_file(table(3, paragraph), tmp_path).code == 0
    reader = pypdf.PdfReader(tmp_path / "document.pdf")
    content = plain(" ".join(page.extract_text() for page in reader.pages))
    assert re.findall(r"word1x(\d+)", content) == [str(i) for i in range(3000)]
    assert len(reader.pages) > 2 and all("Amount" in page.extract_text() for page in reader.pages)


@pytest.mark.parametrize("sample", [
    "山田 太郎 やまだ", "Ελληνικά Кириллица", "שלום עולם", "Zoë Łódź Ngũgĩ", "1\u202f234.50 €", "a" * 300, "ﬁ ff ffi",
])
def test_what_is_printed_is_found_again(tmp_path, sample):
    outcome = print_file(table(1, lambda _: sample), tmp_path)
    assert outcome.code == 0, outcome
    out = subprocess.run(["pdftotext", "-raw", tmp_path / "document.pdf", "-"], check=True, capture_output=True, text=True)
    squeezed = lambda text: re.sub(r"[\s\u202f\u200e\u200f\u202a-\u202e\x0c]", "", text)  # noqa: E731
    assert squeezed(sample) in squeezed(out.stdout)


def test_a_character_without_a_font_is_told_and_not_drawn_as_a_box(tmp_path):
    outcome = print_file(table(2, lambda n: f"{NOWHERE} {n}"), tmp_path)
    assert outcome.code == 1 and "U+378" in outcome.errors and "fonts-" in outcome.errors
    assert not (tmp_path / "document.pdf").exists()


def small_site(tmp_path, name):
    site = Site(tmp_path / "site")
    site.configure("parties", parties(["one"]))
    site.configure("tariff", tariff({"one": 2}, name))
    begin(site, ["one"])
    return site


def test_an_invoice_that_cannot_be_printed_is_there_in_every_other_form(tmp_path):
    site = small_site(tmp_path, NOWHERE)
    outcome = site.command("invoice", "--as-of", NOVEMBER)
    document, path = invoices(site, "one")[-1]
    assert all(path.with_suffix(ending).exists() for ending in (".html", ".csv", ".xml"))
    assert f"{document['number']}.pdf" in outcome.errors and "U+378" in outcome.errors
    assert not [p for p in path.parent.iterdir() if p.name.startswith((path.name, "."))]
    # What the same facility got for the month before has nothing that cannot be printed.
    assert "Storage" in text(invoices(site, "one")[0][1])


def test_without_fonts_check_says_so_and_the_file_comes_when_they_are_there(tmp_path):
    hide = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
            'mount -t tmpfs none /usr/share/fonts && exec "$@"', "sh"]
    if subprocess.run([*hide, "true"], capture_output=True).returncode:
        pytest.skip("this account may make no namespaces")
    program = product.FOLDER / "filmroom"

    def without_fonts(*arguments):
        return subprocess.run(
            [*hide, program, *arguments, "--root", tmp_path / "site"], capture_output=True, text=True, check=True).stderr

    site = small_site(tmp_path, "機器")
    assert "no PDF" not in site.command("check").errors
    assert "apt-get install fonts-dejavu-core" in without_fonts("check")
    assert "apt-get install fonts-dejavu-core" in without_fonts("invoice", "--as-of", NOVEMBER)
    path = invoices(site, "one")[-1][1]
    assert path.with_suffix(".html").exists() and not path.exists()
    site.run_once("--as-of", "2026-11-01T03:00:00+09:00")
    assert "機器-00001" in text(path)


def test_without_the_program_that_prints_the_others_go_on(tmp_path):
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("filmroom", "filmroom-pixels", "filmroom-watch"):
        shutil.copy(product.FOLDER / name, programs)
    site = small_site(tmp_path, "機器")
    outcome = subprocess.run(
        [programs / "filmroom", "invoice", "--as-of", NOVEMBER, "--root", site.root], capture_output=True, text=True)
    path = invoices(site, "one")[-1][1]
    assert outcome.returncode == 0 and "filmroom-print: No such file" in outcome.stderr
    assert path.with_suffix(".html").exists() and not path.exists()


def test_only_the_printing_program_needs_the_libraries():
    def libraries(program):
        return subprocess.run(["ldd", product.FOLDER / program], capture_output=True, text=True, check=True).stdout

    for program in ("filmroom", "filmroom-client", "filmroom-pixels", "filmroom-watch"):
        assert not re.search("pango|cairo|fontconfig|harfbuzz|glib-2", libraries(program)), program
    assert "libpangocairo" in libraries("filmroom-print")


def test_a_doctors_statement_is_printed_once(tmp_path):
    site = ReadingSite(tmp_path / "site")
    content = tariff({})
    content["priceLists"][0]["readingFees"] = [{"fee": "12.345"}]
    site.configure("tariff", content)
    site.exams(["A-1", "A-2"])
    site.read("sato", {"A-1": "recall", "A-2": "normal"}, 20)
    site.run_at(25)
    site.json("invoice", "--as-of", "2026-12-01T00:00:00Z")
    path = site.root / "spool/outbound/office/invoices/readings-2026-11-sato.pdf"
    found = text(path)
    statement = json.loads(path.with_suffix(".json").read_text())
    assert f"Total {statement['total']} EUR" in found and statement["total"] == "24.70" and statement["name"] in found
    before = path.read_bytes(), path.stat().st_mtime_ns
    site.json("invoice", "--as-of", "2026-12-02T00:00:00Z")
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    path.unlink()
    site.json("invoice", "--as-of", "2026-12-03T00:00:00Z")
    assert path.read_bytes() == before[0]


def test_a_chart_system_that_takes_pdf_gets_the_report_of_a_result(tmp_path):
    site = ReadingSite(tmp_path / "site")
    site.adjust("parties", chartSystems=[
        {"id": "northside-ehr", "facility": "northside", "formats": ["pdf"]},
        {"id": "southside-ehr", "facility": "southside", "formats": ["pdf"]},
        {"id": "northside-old", "facility": "northside", "formats": ["hl7"]}])
    site.drop_file("a.dcm", dicom_bytes(
        "A-1", name="YAMADA^TARO=山田^太郎=やまだ^たろう", SpecificCharacterSet="ISO_IR 192"), "northside")
    site.run_at(15)
    site.read("sato", {"A-1": "recall"}, 20, text="左乳房に腫瘤。\nsecond line <b>", findings=[
        {"code": "BI-RADS-4", "laterality": "L", "x": 3, "y": 4.5, "text": "境界不明瞭"}])
    site.read("ito", {"A-1": "recall"}, 20)
    site.read("weber", {"A-1": "normal"}, 20)
    site.run_at(25)
    site.consensus(40)
    folders = {p.parent.parent.name: p for p in site.root.glob("spool/outbound/*/results/*.pdf")}
    assert set(folders) == {"northside-ehr"}
    content = text(folders["northside-ehr"])
    result = json.loads((site.root / "spool/outbound/northside/results/northside_A-1.v1.json").read_text())
    assert "YAMADA, TARO (山田 太郎)" in content and "Final." in content and f"recall Determined. Final." in content
    for read in result["reads"]:
        assert f"{read['reader']} {read['label']}" in content
    assert "左乳房に腫瘤。 second line <b>" in content and "BI-RADS-4 L 3, 4.5 境界不明瞭" in content
    assert result["determinedAt"][:10] in content and "A-1" in content
    site.read("ito", {"A-1": "normal"}, 50)
    site.run_at(55)
    site.consensus(70)
    second = text(site.root / "spool/outbound/northside-ehr/results/northside_A-1.v2.pdf")
    assert "Corrected: supersedes version 1." in second and "normal" in second
