"""`filmroom liaison --entries --exams`: two lists linked without a site, as a plain script of Python and SQLite links them."""

import csv
import io
import random
import runpy

import pytest

import product

SCRIPT = product.REPOSITORY / "Sources" / "filmroom-bench" / "Liaison" / "Opponent" / "link_charts.py"
HEADER = "patientID,entry,kind,encounter,time,accessionNumber,studyInstanceUID,status"


def day(number):
    return f"20{24 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"


def write_lists(folder, seed, entries=3000, exams=600):
    draw = random.Random(seed)
    known = [(f"P-{draw.randrange(300)}", day(draw.randrange(600))) for _ in range(exams)]
    lines = ["exam,patientID,accessionNumber,studyInstanceUID,studyDate"] + [
        f"k_{n},{draw.choice([p, p, p, ''])},A-{n % 550},1.2.{n},{draw.choice([d, d, d, d, ''])}" for n, (p, d) in enumerate(known)]
    (folder / "exams.csv").write_text("\n".join(lines) + "\n")
    lines = [HEADER]
    for n in range(entries):
        exam = draw.randrange(exams)
        patient, date = known[exam]
        kind = draw.choice(["encounter", "order", "condition", "imaging"])
        accession = draw.choice([f"A-{exam % 550}", "", "", "A-none"])
        uid = draw.choice([f"1.2.{exam}", "", "", ""])
        time = draw.choice([date, f"{date}T10:00:00+09:00", day(draw.randrange(600)), "", "2026-02-30"])
        lines.append(f"{patient},E{n},{kind},V{exam},{time},{accession},{uid},{draw.choice(['', 'final', 'entered-in-error'])}")
    (folder / "entries.csv").write_text("\n".join(lines) + "\n")


@pytest.mark.parametrize("seed", range(4))
def test_both_say_the_same(tmp_path, seed):
    write_lists(tmp_path, seed)
    paths = [tmp_path / name for name in ("entries.csv", "exams.csv", "links.csv")]
    runpy.run_path(str(SCRIPT))["main"](*map(str, paths))
    outcome = product.run(["liaison", "--entries", paths[0], "--exams", paths[1]])
    assert outcome.code == 0, outcome
    rows = list(csv.reader(io.StringIO(outcome.output)))
    assert rows[0] == ["patientID", "entry", "exam", "by", "certainty", "patientOfExam"]
    with paths[2].open(newline="") as file:
        expected = list(csv.reader(file))
    assert sorted(rows[1:]) == sorted(expected[1:]) and len(rows) > 1000
    assert {row[3] for row in rows[1:]} == {"studyInstanceUID", "accessionNumber", "encounter", "date", "patientID"}
    again = product.run(["liaison", "--entries", paths[0], "--exams", paths[1]])
    assert again.output == outcome.output, "whatever the threads do"


def test_mistakes_are_said_with_their_place(tmp_path):
    write_lists(tmp_path, 1, 10, 5)
    (tmp_path / "bad.csv").write_text("patientID,entry,kind\nP-1,E1,visitt\n")
    outcome = product.run(["liaison", "--entries", tmp_path / "bad.csv", "--exams", tmp_path / "exams.csv"])
    assert outcome.code == 1 and "line 2" in outcome.errors and "visitt" in outcome.errors and outcome.output == ""
    assert product.run(["liaison", "--entries", tmp_path / "bad.csv"]).code == 64
    assert product.run(["liaison", "--entries", tmp_path / "no.csv", "--exams", tmp_path / "exams.csv"]).code == 1
