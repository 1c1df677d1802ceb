"""Links the entries of charts to exams with SQLite: `link_charts.py ENTRIES.csv EXAMS.csv LINKS.csv`.

Written as one writes a join: the files go into tables, the tables get indexes, each rule is a statement.
"""

import csv
import sqlite3
import sys

NEAR_DAYS = 90

TABLES = """
CREATE TABLE entry (id INTEGER PRIMARY KEY, patient TEXT, name TEXT, kind TEXT, visit TEXT, day TEXT,
    accession TEXT, uid TEXT);
CREATE TABLE exam (id INTEGER PRIMARY KEY, key TEXT, patient TEXT, accession TEXT, uid TEXT, day TEXT);
CREATE TABLE link (entry INTEGER, exam INTEGER, by TEXT, certainty TEXT, other TEXT, PRIMARY KEY (entry, exam));
"""
INDEXES = """
CREATE INDEX entry_visit ON entry (patient, visit);
CREATE INDEX exam_patient ON exam (patient, day);
CREATE INDEX exam_accession ON exam (accession);
CREATE INDEX exam_uid ON exam (uid);
"""
BY_NUMBER = """
INSERT OR IGNORE INTO link
SELECT entry.id, exam.id, ?, CASE WHEN exam.patient = '' THEN 'probable' ELSE 'exact' END,
    CASE WHEN exam.patient IN ('', entry.patient) THEN '' ELSE exam.patient END
FROM entry JOIN exam ON exam.{column} = entry.{column} WHERE entry.{column} <> ''
"""
BY_VISIT = """
INSERT INTO link
SELECT DISTINCT entry.id, link.exam, 'encounter', 'probable', ''
FROM entry JOIN entry AS mate ON mate.patient = entry.patient AND mate.visit = entry.visit
    JOIN link ON link.entry = mate.id
WHERE entry.accession = '' AND entry.uid = '' AND entry.visit <> '' AND link.other = ''
"""
BY_DAY = """
INSERT INTO link
SELECT entry.id, exam.id, 'date', 'probable', ''
FROM entry JOIN exam ON exam.patient = entry.patient AND exam.day = entry.day
WHERE entry.accession = '' AND entry.uid = '' AND entry.day <> ''
    AND NOT EXISTS (SELECT 1 FROM link WHERE link.entry = entry.id)
"""
BY_PATIENT = """
INSERT INTO link
SELECT entry, exam, 'patientID', 'possible', '' FROM (
    SELECT entry.id AS entry, exam.id AS exam, ABS(julianday(exam.day) - julianday(entry.day)) AS days,
        ROW_NUMBER() OVER (PARTITION BY entry.id
            ORDER BY ABS(julianday(exam.day) - julianday(entry.day)), exam.id DESC) AS place
    FROM entry JOIN exam ON exam.patient = entry.patient
    WHERE entry.accession = '' AND entry.uid = '' AND entry.day <> '' AND exam.day <> ''
        AND NOT EXISTS (SELECT 1 FROM link WHERE link.entry = entry.id))
WHERE place = 1 AND days <= ?
"""
TOLD = """
SELECT entry.patient, entry.name, exam.key, by, certainty, other
FROM link JOIN entry ON entry.id = link.entry JOIN exam ON exam.id = link.exam ORDER BY entry.id, exam.id
"""


def entries(path):
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["status"] == "entered-in-error":
                continue
            visit = row["entry"] if row["kind"] == "encounter" else row["encounter"]
            yield (row["patientID"], row["entry"], row["kind"], visit, row["time"][:10], row["accessionNumber"],
                   row["studyInstanceUID"])


def exams(path):
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield row["exam"], row["patientID"], row["accessionNumber"], row["studyInstanceUID"], row["studyDate"]


def main(entries_path, exams_path, links_path):
    database = sqlite3.connect(":memory:")
    database.executescript(TABLES)
    database.executemany(
        "INSERT INTO entry (patient, name, kind, visit, day, accession, uid) VALUES (?, ?, ?, ?, ?, ?, ?)",
        entries(entries_path))
    database.executemany(
        "INSERT INTO exam (key, patient, accession, uid, day) VALUES (?, ?, ?, ?, ?)", exams(exams_path))
    database.executescript(INDEXES)
    database.execute(BY_NUMBER.format(column="uid"), ("studyInstanceUID",))
    database.execute(BY_NUMBER.format(column="accession"), ("accessionNumber",))
    database.execute(BY_VISIT)
    database.execute(BY_DAY)
    database.execute(BY_PATIENT, (NEAR_DAYS,))
    with open(links_path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["patientID", "entry", "exam", "by", "certainty", "patientOfExam"])
        writer.writerows(database.execute(TOLD))


if __name__ == "__main__":
    main(*sys.argv[1:])
