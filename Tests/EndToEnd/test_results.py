"""Results as management finds them: the page, statistics of readers, what-if and replay."""

import hashlib
import json
import re
import shutil
import sqlite3
import subprocess

import numpy as np
import pytest
import yaml
from browser import chromium, resize
from reading_site import LABELS, READERS, ReadingSite, entry, image_uid
from site_under_test import schema

ACCESSIONS = [f"A-{n:03}" for n in range(1, 21)]
HOSTILE = "</style><script>alert(1)</script><!--\u202e&amp;\"' 山田"
# One answer a reader, sato, ito and weber: agreement, a minority, a tie by weight.
ANSWERS = dict(zip(ACCESSIONS, [
    "nnn", "nnb", "rrr", "rrn", "rnn", "bbb", "bbr", "nbr", "nnn", "rbr", "nnn", "nnn", "bnn", "rrb", "nnr", "bbn", "rrr",
    "nnn", "nbb", "brr",
]))
NAMES = {label[0]: label for label in LABELS}


def answers(position):
    return {accession: NAMES[letters[position]] for accession, letters in ANSWERS.items()}


@pytest.fixture(scope="module")
def read_site(tmp_path_factory):
    """A site where all is read and determined once."""
    site = ReadingSite(tmp_path_factory.mktemp("results") / "site")
    site.exams(ACCESSIONS)
    first = {"text": f"dense tissue {HOSTILE}\nsecond line", "findings": [
        {"code": "BI-RADS-4", "laterality": "L", "sopInstanceUID": image_uid("A-004"), "x": 3, "y": 4.5, "text": HOSTILE}]}
    site.read("sato", {"A-004": "recall"}, 30, **first)
    site.read("sato", {a: label for a, label in answers(0).items() if a != "A-004"}, 30)
    site.read("ito", answers(1), 40)
    site.run_at(45)
    site.read("weber", answers(2), 60)
    site.run_at(75)
    site.consensus(90)
    return site


@pytest.fixture
def site(read_site, tmp_path):
    """A copy, to be changed."""
    copy = ReadingSite.__new__(ReadingSite)
    copy.__dict__ = {**read_site.__dict__, "root": tmp_path / "site"}
    shutil.copytree(read_site.root, copy.root, symlinks=True)
    return copy


def check(name, document):
    problems = [f"{list(e.absolute_path)}: {e.message}" for e in schema(name).iter_errors(document)]
    assert not problems, problems


def tree(root):
    """Every file with its bytes, and every folder. SQLite's shared memory holds no content."""
    return {
        str(p.relative_to(root)): hashlib.sha256(p.read_bytes()).hexdigest() if p.is_file() else "folder"
        for p in sorted(root.rglob("*")) if not p.name.endswith("-shm")
    }


def what_if(site, content, *arguments, code=0):
    path = site.root.parent / "try.yaml"
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False))
    return site.command("consensus", "--what-if", path, *arguments, code=code)


# The result and its page


def test_every_result_has_its_form_and_checksum(read_site):
    for party in ("office", "northside"):
        for accession in ACCESSIONS:
            result = read_site.result(accession, party=party)
            check("result", result)
            for ending in ("json", "html", "csv"):
                name = f"northside_{accession}.v1.{ending}"
                subprocess.run(["sha256sum", "--strict", "--quiet", "-c", f"{name}.sha256"],
                               cwd=read_site.results(party), check=True)


def test_a_result_keeps_what_it_was_made_from(read_site):
    basis = read_site.result("A-004")["basis"]
    assert basis["weightsOn"] == "2026-11-20" and basis["readLimit"] == 60
    assert basis["rule"]["kind"] == "weighted" and basis["rule"]["positive"] == "recall"
    assert [(s["reader"], s["weight"]) for s in basis["skills"]] == [("ito", "1.0"), ("sato", "1.0"), ("weber", "1.0")]


def test_the_page_says_what_the_document_says(read_site):
    html = (read_site.results() / "northside_A-004.v1.html").read_text()
    result = read_site.result("A-004")
    assert '<p class="label"><bdi>recall</bdi></p>' in html and "Determined</p>" in html
    for read in result["reads"]:
        assert f'title="{read["digest"]}"' in html and f">{read['digest'][:12]}<" in html
    assert html.count("<rect class=\"bar\"") == 3 and "66.7" in html and "33.3" in html
    assert "weber</bdi>: <strong><bdi>normal" in html
    assert image_uid("A-004") in html and "image 1" in html and "3, 4.5" in html


def test_hostile_text_stays_text(read_site):
    html = (read_site.results() / "northside_A-004.v1.html").read_text()
    assert "<script" not in html and html.count("</style>") == 1 and "<!--" not in html
    assert "山田" in html and "second line" in html
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "script-src" not in policy
    assert not re.search(r"https?:|\sstyle=|\son[a-z]+=", html)


@pytest.mark.parametrize("name", ["northside_A-004.v1.html", "readers.html"])
def test_a_browser_shows_it_styled_and_without_complaint(read_site, tmp_path, name):
    with chromium(tmp_path) as driver:
        driver.get((read_site.results() / name).as_uri())
        heading = driver.find_element("css selector", "h1").value_of_css_property("font-size")
        assert float(heading.removesuffix("px")) > 24
        for width in (1280, 390):
            resize(driver, width, 800)
            assert driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")
        assert driver.get_log("browser") == []
        assert driver.execute_script("return performance.getEntriesByType('resource').length") == 0


def test_a_late_read_makes_a_new_version_and_leaves_the_old(site):
    before = tree(site.results())
    site.read("weber", {"A-004": "benign"}, 100)
    site.run_at(110)
    site.consensus(120)
    after = tree(site.results())
    changed = {n for n in before if before[n] != after[n]}
    assert changed <= {f"readers.{e}{s}" for e in ("json", "html") for s in ("", ".sha256")}
    result = site.result("A-004", 2)
    assert result["supersedes"] == 1
    assert "supersedes version 1" in (site.results() / "northside_A-004.v2.html").read_text()
    assert [r["reason"] for r in result["reads"] if not r["counted"]][0].startswith("replaced by ")


# Statistics of readers


def readers(site):
    document = json.loads((site.results() / "readers.json").read_text())
    check("readers", document)
    return document


def cohen(first, second):
    observed = np.mean([a == b for a, b in zip(first, second)])
    expected = sum(first.count(label) * second.count(label) for label in range(len(LABELS))) / len(first) ** 2
    return (observed - expected) / (1 - expected)


def alpha(counts, distance):
    """Krippendorff's, over items that all have three ratings: `distance` of two labels, given the labels' totals."""
    totals = counts.sum(0)
    n = totals.sum()
    pairs = [(c, k) for c in range(len(LABELS)) for k in range(len(LABELS)) if c != k]
    observed = sum((row[c] * row[k]) / 2 * distance(c, k, totals) for row in counts for c, k in pairs) / n
    expected = sum(totals[c] * totals[k] * distance(c, k, totals) for c, k in pairs) / (n * (n - 1))
    return 1 - observed / expected


def ordinal(c, k, totals):
    low, high = sorted((c, k))
    return (totals[low:high + 1].sum() - (totals[c] + totals[k]) / 2) ** 2


def labels_of(position):
    return [LABELS.index(label) for label in answers(position).values()]


def test_kappas_are_those_of_others(read_site):
    protocol = readers(read_site)["protocols"][0]
    assert {tuple(p["readers"]) for p in protocol["pairs"]} == {("sato", "ito"), ("sato", "weber"), ("ito", "weber")}
    for pair in protocol["pairs"]:
        first, second = (labels_of(READERS.index(r)) for r in pair["readers"])
        assert pair["items"] == 20 and pair["agreed"] == sum(a == b for a, b in zip(first, second))
        kappa = pair["cohenKappa"]
        assert kappa["value"] == pytest.approx(cohen(first, second))
        assert kappa["lower"] < kappa["value"] < kappa["upper"] and kappa["samples"] == 1000
    counts = np.array([[sum(NAMES[c] == label for c in letters) for label in LABELS] for letters in ANSWERS.values()])
    observed = ((counts * (counts - 1)).sum(1) / 6).mean()
    shares = counts.sum(0) / counts.sum()
    expected = (shares**2).sum()
    assert protocol["agreement"]["fleissKappa"]["value"] == pytest.approx((observed - expected) / (1 - expected))
    spread = (shares * (1 - shares)).sum() / 2
    assert protocol["agreement"]["gwetAC1"]["value"] == pytest.approx((observed - spread) / (1 - spread))
    for name, distance in (("Nominal", lambda *_: 1), ("Ordinal", ordinal)):
        assert protocol["agreement"][f"krippendorffAlpha{name}"]["value"] == pytest.approx(alpha(counts, distance))


def test_accuracy_is_against_results(read_site):
    protocol = readers(read_site)["protocols"][0]
    truth = [read_site.result(a)["label"] == "recall" for a in ACCESSIONS]
    assert protocol["determined"] == 20 and protocol["exams"] == 20
    for figures in protocol["readers"]:
        said = [label == "recall" for label in answers(READERS.index(figures["reader"])).values()]
        found = sum(s and t for s, t in zip(said, truth))
        cleared = sum(not s and not t for s, t in zip(said, truth))
        assert (figures["sensitivity"]["count"], figures["sensitivity"]["total"]) == (found, sum(truth))
        assert (figures["specificity"]["count"], figures["specificity"]["total"]) == (cleared, 20 - sum(truth))
        assert figures["recallRate"]["value"] == pytest.approx(sum(said) / 20)
        for name in ("sensitivity", "specificity", "recallRate"):
            share = figures[name]
            lower, upper = wilson(share["count"], share["total"])
            assert (share["lower"], share["upper"]) == (pytest.approx(lower), pytest.approx(upper))


def wilson(count, total, z=1.959963984540054):
    share = count / total
    centre = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * (share * (1 - share) / total + z * z / (4 * total * total)) ** 0.5
    return max(0, centre - half), min(1, centre + half)


def test_volume_and_turnaround(read_site):
    for figures in readers(read_site)["protocols"][0]["readers"]:
        assert (figures["assigned"], figures["read"], figures["open"], figures["blindReads"]) == (20, 20, 0, 20)
        minutes = 60 if figures["reader"] == "weber" else 30
        assert figures["turnaroundSeconds"] == {
            "count": 20, **dict.fromkeys(("lowerQuartile", "median", "upperQuartile"), minutes * 60)}


def test_statistics_are_published_only_when_facts_are_others(site):
    page = site.results() / "readers.html"
    before = (page.stat().st_ino, page.read_bytes())
    site.consensus(200)
    assert (page.stat().st_ino, page.read_bytes()) == before
    page.unlink()
    site.consensus(210)
    assert page.read_bytes() == before[1]


def test_reads_that_were_not_blind_count_for_volume_alone(tmp_path):
    site = ReadingSite(tmp_path / "site", {"blinded": False})
    site.exams(["A-1"])
    for reader in READERS:
        site.read(reader, {"A-1": "recall"}, 30)
    site.run_at(40)
    site.consensus(50)
    protocol = readers(site)["protocols"][0]
    assert protocol["pairs"] == [] and protocol["agreement"]["items"] == 0
    assert protocol["agreement"]["fleissKappa"] is None
    assert {(r["read"], r["blindReads"], r["sensitivity"], r["recallRate"]) for r in protocol["readers"]} == {
        (1, 0, None, None)}


# What if


def test_what_if_says_what_other_weights_would_do_and_touches_nothing(site):
    before = tree(site.root)
    outcome = what_if(site, {"readers": [entry("weber", "3.0")]}, "--json")
    assert tree(site.root) == before
    document = outcome.json()
    check("command-consensus-what-if", document)
    expected = {a: NAMES[letters[2]] for a, letters in ANSWERS.items()}
    found = {d["exam"].removeprefix("northside_"): d for d in document["differences"]}
    for accession, label in expected.items():
        old = site.result(accession)
        if accession in found:
            assert found[accession]["before"]["label"] == old["label"]
            assert found[accession]["before"]["posterior"] == old["posterior"]
            assert found[accession]["after"]["label"] == label
            assert found[accession]["after"]["posterior"][label] >= 0.6
        else:
            assert len(set(ANSWERS[accession])) == 1
    others = sum(found[a]["before"]["label"] != found[a]["after"]["label"] for a in found)
    assert others > 0 and document["summary"] == {
        "exams": 20, "otherResults": others, "otherShares": len(found) - others, "same": 20 - len(found)}


def test_a_write_ahead_log_stays_where_it_lies(site):
    """As another process that works on the site, or one that was killed, leaves it."""
    database = sqlite3.connect(site.root / "archive/catalog.sqlite")
    database.execute("UPDATE study SET last_stored_at = '2026-11-20T10:00:01+00:00'")
    database.commit()
    assert (site.root / "archive/catalog.sqlite-wal").stat().st_size > 0
    before = tree(site.root)
    assert what_if(site, "readers: []\n", "--json").json()["summary"]["exams"] == 20
    assert len(replayed(site)) == 20
    assert tree(site.root) == before
    database.close()


def test_what_if_with_another_rule(site):
    protocol = yaml.safe_load((site.root / "pipelines/reading.yaml").read_text())["protocols"][0]
    protocol["rule"] = {"kind": "mostSevere"}
    text = what_if(site, {"protocols": [protocol]}).output
    lines = [line.split("\t") for line in text.splitlines()]
    assert lines[-1][0].startswith("20 exams with a result: ")
    found = {line[0]: line[2] for line in lines[:-1]}
    assert found["northside_A-005"] == "normal -> recall" and "northside_A-001" not in found
    assert all(re.fullmatch(r"margin \S+ -> \S+", line[4]) for line in lines[:-1])


def test_what_if_of_nothing_is_no_difference_even_when_the_site_was_changed(site):
    site.configure_reading({"rule": {"kind": "leastSevere"}}, [entry(id, "2.0") for id in READERS])
    assert what_if(site, "readers: []\n", "--json").json()["differences"] == []


def test_entries_hold_by_the_day_of_the_result(site):
    later = [entry("weber", "3.0", **{"from": "2027-01-01"}), entry("weber", "1.0", to="2027-01-01")]
    assert what_if(site, {"readers": later}, "--json").json()["differences"] == []
    earlier = [entry("weber", "3.0", **{"from": "2026-11-20"}), entry("weber", "1.0", to="2026-11-20")]
    assert what_if(site, {"readers": earlier}, "--json").json()["differences"] != []


@pytest.mark.parametrize("content, place", [
    ("readers: [{id: webber}]\n", '1: readers[0]: there is no reader "webber" to replace; did you mean "weber"?'),
    ("readers:\n  - {id: weber, weight: heavy}\n", '2: readers[0].weight: here stands "heavy"'),
    ("protocols:\n  - {id: screening, labels: [a, b], readers: [sato, itoh]}\n",
     '2: protocols[0].readers[1]: there is no reader "itoh"; did you mean "ito"?'),
    ("weights: []\n", '1: unknown key "weights"'),
    ("# nothing\n", "1: the file is empty"),
    ("readers: [{id: ito}, {id: ito}]\n", '1: readers[1]: this entry of "ito" holds at the same time'),
    ("readers: [", "this is not YAML"),
])
def test_mistakes_of_a_file_are_named_with_their_place(site, content, place):
    outcome = what_if(site, content, code=1)
    path = site.root.parent / "try.yaml"
    assert outcome.errors.startswith(f"{path}:") and place in outcome.errors, outcome.errors


def test_a_file_that_is_not_there(site):
    assert "cannot be read" in site.command("consensus", "--what-if", "/nowhere.yaml", code=1).errors


# Replay


def replayed(site, *arguments, code=0):
    document = site.command("consensus", "--replay", *arguments, "--json", code=code).json()
    check("command-consensus-replay", document)
    return {(r["exam"], r["version"]): r["differences"] for r in document["results"]}


def test_replay_is_the_same_whatever_came_later(site):
    site.read("weber", {"A-004": "benign", "A-001": "recall"}, 100)
    site.run_at(110)
    site.configure_reading({"rule": {"kind": "mostSevere"}}, [entry(id, to="2026-11-21") for id in READERS]
                           + [entry(id, "5.0", **{"from": "2026-11-21"}) for id in READERS])
    site.consensus(120 + 24 * 60)
    assert site.result("A-004", 2)["rule"] == "mostSevere"
    before = tree(site.root)
    found = replayed(site)
    assert len(found) == 22 and set(map(len, found.values())) == {0}
    assert tree(site.root) == before
    assert set(replayed(site, "northside_A-004")) == {("northside_A-004", 1), ("northside_A-004", 2)}


def test_replay_says_what_a_change_of_the_past_did(site):
    site.configure_reading(None, [entry("sato"), entry("ito"), entry("weber", "9.0")])
    found = replayed(site, code=2)
    assert "label: recall, now normal" in found[("northside_A-004", 1)]
    outcome = site.command("consensus", "--replay", "northside_A-004", code=2)
    assert "northside_A-004\tv1\tdiffers\tlabel: recall, now normal" in outcome.output and "1 of 1" in outcome.errors


def test_replay_sees_a_read_that_was_tampered_with(site):
    with sqlite3.connect(site.root / "archive/catalog.sqlite") as database:
        database.execute("UPDATE diagnosis SET label = 'normal' WHERE reader = 'sato' AND accession_number = 'A-004'")
    database.close()
    found = replayed(site, code=2)
    assert {k for k, v in found.items() if v} == {("northside_A-004", 1)}
    assert found[("northside_A-004", 1)][0] == "the reads that count are others"


def test_what_was_learnt_is_learnt_again(tmp_path):
    site = ReadingSite(tmp_path / "site", {"rule": {"kind": "latentClass", "positive": "recall", "model": "auto"}})
    site.exams(ACCESSIONS)
    for position, reader in enumerate(READERS):
        site.read(reader, answers(position), 30)
    site.run_at(40)
    site.consensus(50)
    assert site.result("A-004")["basis"]["model"] is not None
    site.read("sato", dict.fromkeys(ACCESSIONS[:8], "benign"), 60)
    site.run_at(70)
    site.consensus(80)
    found = replayed(site)
    assert len(found) == 28 and not any(found.values())
    assert what_if(site, "readers: []\n", "--json").json()["differences"] == []


def test_an_exam_without_a_result_is_said(site):
    assert "has no result" in site.command("consensus", "--replay", "northside_B-1", code=1).errors


@pytest.mark.parametrize("arguments", [
    ["--what-if", "x.yaml", "--replay"], ["northside_A-001"], ["--reads", "x", "--replay"]])
def test_usage(site, arguments):
    site.command("consensus", *arguments, code=64)
