#!/usr/bin/env python3
"""Writes ProfileTable.swift, the actions of PS3.15 table E.1-1, from the PyPI package dicom-anonymizer (its copy of it).

    python3 -m venv venv && venv/bin/pip install dicom-anonymizer==2.1.0
    venv/bin/python Sources/DICOM/Deidentification/generate.py

Of the table's columns it takes the basic profile. Repeating groups are left out: curves and overlays go by their group.
"""
from importlib.metadata import version
from pathlib import Path

from dicomanonymizer.dicom_anonymization_databases import dicomfields_2026c as fields
from pydicom.datadict import keyword_for_tag

LISTS = {
    "X": fields.X_TAGS, "Z": fields.Z_TAGS, "D": fields.D_TAGS, "U": fields.U_TAGS, "Z/D": fields.Z_D_TAGS,
    "X/Z": fields.X_Z_TAGS, "X/D": fields.X_D_TAGS, "X/Z/D": fields.X_Z_D_TAGS, "X/Z/U*": fields.X_Z_U_STAR_TAGS}

HEADER = """// swift-format-ignore-file
// The basic application level confidentiality profile of PS3.15 table E.1-1: tag|action|keyword.
// Made by generate.py from dicom-anonymizer {version} (table of 2026c); never edited by hand.

"""


def rows():
    for action, tags in LISTS.items():
        for tag in tags:
            if len(tag) == 2:
                yield f"{tag[0]:04X}{tag[1]:04X}|{action}|{keyword_for_tag(tag)}"


def main():
    body = "\n".join("    " + row for row in sorted(set(rows())))
    with open(Path(__file__).parent / "ProfileTable.swift", "w", encoding="utf-8") as out:
        out.write(HEADER.format(version=version("dicom-anonymizer")))
        out.write(f'let profileTable: StaticString = """\n{body}\n    """\n')


if __name__ == "__main__":
    main()
