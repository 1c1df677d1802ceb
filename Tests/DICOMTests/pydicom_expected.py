#!/usr/bin/env python3
"""Writes what pydicom says about DICOM files: the text of every catalogued element, as JSON.

    python pydicom_expected.py ROOT [FOLDER ...] > expected.json

For each file below ROOT (or only in these folders of it), by its path in ROOT: {"tags": {"00100010": "text", ...}} with one entry for each element that the file
has, {"error": ...} in the place of a text that pydicom cannot make; or {"unreadable": "why"}.
"""
import json
import logging
import sys
import warnings
from pathlib import Path

import pydicom
from pydicom.multival import MultiValue

TAGS = """
00080005 00080008 00080016 00080018 00080020 00080021 00080022 00080023 00080030 00080050 00080060 00080070 00080080
00080090 00080201 00081010 00081030 0008103E 00081090 00100010 00100020 00100021 00100030 00100040 00180015 00180050
00181030 00185101 0020000D 0020000E 00200010 00200011 00200013 00200032 00200060 00200062 00280002 00280004 00280008
00280010 00280011 00280030 00280100 00280101 00280103 00280301 00400254
""".split()
NO_DICOM = {".md", ".json", ".tsv"}
META_TAGS = ["00020002", "00020003", "00020010", "00020012", "00020013"]


def text(value):
    if value is None:
        return ""
    if isinstance(value, (MultiValue, list)):
        return "\\".join(str(single) for single in value)
    if isinstance(value, bytes):
        raise ValueError("bytes")
    return str(value)


def texts(data_set, tags):
    found = {}
    for tag in tags:
        if int(tag, 16) not in data_set:
            continue
        try:
            found[tag] = text(data_set[int(tag, 16)].value)
        except Exception as error:
            found[tag] = {"error": type(error).__name__}
    return found


def expected(path):
    try:
        data_set = pydicom.dcmread(path, force=True)
        tags = texts(data_set, TAGS)
        tags.update(texts(data_set.file_meta, META_TAGS))
        return {"tags": tags}
    except Exception as error:
        return {"unreadable": f"{type(error).__name__}: {error}"[:120]}


def main(root, folders):
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    paths = sorted(path for folder in folders or ["."] for path in (root / folder).rglob("*") if path.is_file())
    files = {str(path.relative_to(root)): expected(path) for path in paths if path.suffix not in NO_DICOM}
    json.dump(files, sys.stdout, indent=1, sort_keys=True)
    print()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
