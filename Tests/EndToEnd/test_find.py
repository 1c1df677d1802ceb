"""`find`: each question alone and together with others, as JSON and as text."""

import itertools

import pytest
from dicom_files import dicom_bytes
from site_under_test import Site

# accession, party, patient, modality, study date
EXAMS = [
    ("A-1", "northside", "P-1", "MG", "20260110"), ("A-2", "northside", "P-1", "CT", "20260210"),
    ("A-3", "northside", "P-2", "CT", "20260310"), ("A-1", "southside", "P-1", "MR", "20260110"),
    ("A-4", "southside", "P-3", "MG", ""),
]
QUESTIONS = {
    "--accession": (["A-1", "A-2", "NONE"], lambda exam, value: exam[0] == value),
    "--facility": (["northside", "southside"], lambda exam, value: exam[1] == value),
    "--patient": (["P-1", "P-2"], lambda exam, value: exam[2] == value),
    "--modality": (["CT", "MG"], lambda exam, value: exam[3] == value),
    "--from": (["2026-02-10"], lambda exam, value: exam[4] >= value.replace("-", "")),
    "--to": (["2026-02-10"], lambda exam, value: "" < exam[4] <= value.replace("-", "")),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("find") / "site")
    for number, (accession, party, patient, modality, date) in enumerate(EXAMS):
        content = dicom_bytes(accession, modality=modality, patient_id=patient, study_date=date)
        site.drop_file(f"{number}.dcm", content, party=party)
    site.run_once()
    return site


def keys(exams):
    return {f"{exam[1]}_{exam[0]}" for exam in exams}


COMBINATIONS = [
    combination for size in (0, 1, 2, len(QUESTIONS)) for combination in itertools.combinations(QUESTIONS, size)
]


@pytest.mark.parametrize("combination", COMBINATIONS, ids=lambda c: " ".join(c) or "all")
def test_questions_together(combination, site):
    for values in itertools.product(*(QUESTIONS[option][0][:2] for option in combination)):
        asked = list(zip(combination, values))
        expected = keys(e for e in EXAMS if all(QUESTIONS[option][1](e, value) for option, value in asked))
        arguments = [part for pair in asked for part in pair]
        found = site.find(*arguments)
        assert {e["key"] for e in found} == expected, arguments
        if len(combination) != 2:
            continue
        with_instances = site.find(*arguments, "--instances")
        assert [e["key"] for e in with_instances] == [e["key"] for e in found]
        assert all(len(e["series"][0]["instances"]) == 1 for e in with_instances), arguments


def test_a_study_of_two_facilities(site):
    study = next(e["studyInstanceUID"] for e in site.find("--accession", "A-1"))
    assert {e["key"] for e in site.find("--study", study)} == {"northside_A-1", "southside_A-1"}
    assert [e["key"] for e in site.find("--study", study, "--facility", "southside", "--modality", "MR")] == ["southside_A-1"]
    assert site.find("--study", study, "--modality", "MG", "--facility", "southside") == []


def test_the_text_has_the_modality(site):
    rows = [line.split("\t") for line in site.command("find").output.splitlines()]
    assert {(r[0], r[1], r[3], r[4], r[6]) for r in rows} == {
        (f"{party}_{accession}", patient, date, modality, "1") for accession, party, patient, modality, date in EXAMS}


def test_the_text_has_the_instances_where_they_are_asked_for(site):
    lines = site.command("find", "--instances", "--accession", "A-2").output.splitlines()
    instance = site.instances("--accession", "A-2")[0]
    assert len(lines) == 2 and lines[0].startswith("northside_A-2\t")
    assert lines[1].split("\t") == [
        "", instance["sopInstanceUID"], "CT", str(instance["byteCount"]), instance["sha256"], "fast"]
