"""Packs files into every form of bundle that a party may drop. Each maker returns the path that it made."""

import os
import subprocess
import tarfile
import zipfile
from pathlib import Path

import bagit
import pydicom
from pydicom.fileset import FileSet

EPOCH = (2026, 11, 20, 10, 0, 0)


def write_folder(path, files):
    for name, content in files.items():
        target = Path(path) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return Path(path)


def make_folder(place, name, files):
    return write_folder(place / name, files)


def make_zip(place, name, files, method=zipfile.ZIP_DEFLATED, zip64=False):
    with zipfile.ZipFile(place / name, "w", method) as archive:
        for inner, content in files.items():
            info = zipfile.ZipInfo(inner, EPOCH)
            info.compress_type = method
            info.external_attr = 0o644 << 16
            with archive.open(info, "w", force_zip64=zip64) as member:
                member.write(content)
    return place / name


def make_tar(place, name, files, form=tarfile.GNU_FORMAT, mode="w"):
    with tarfile.open(place / name, mode, format=form) as archive:
        for inner, content in files.items():
            info = tarfile.TarInfo(inner)
            info.size = len(content)
            info.mtime = 1_795_000_000
            archive.addfile(info, _reader(content))
    return place / name


def _reader(content):
    import io

    return io.BytesIO(content)


def make_tar_zst(place, name, files):
    plain = make_tar(place, name + ".plain", files)
    subprocess.run(["zstd", "-q", "-f", "--rm", plain, "-o", place / name], check=True)
    return place / name


def make_7z(place, name, files):
    folder = make_folder(place, name + ".content", files)
    subprocess.run(["7z", "a", "-bd", "-mtm=off", place / name, "."], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return place / name


def make_disc(place, name, files):
    """An ISO 9660 disc with a DICOMDIR, as CD burners of hospitals make it."""
    source = make_folder(place, name + ".source", files)
    folder = place / (name + ".content")
    file_set = FileSet()
    for path in sorted(source.rglob("*")):
        if path.is_file():
            file_set.add(pydicom.dcmread(path))
    file_set.write(folder)
    (folder / "AUTORUN.INF").write_text("[autorun]\nopen=viewer.exe\n")
    (folder / "README.TXT").write_text("A disc of images.\n")
    subprocess.run(
        ["xorriso", "-as", "mkisofs", "-quiet", "-J", "-R", "-V", "DICOM", "-o", place / name, folder],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    return place / name


def make_bag(place, name, files, checksums=("sha256",)):
    folder = make_folder(place, name, files)
    bagit.make_bag(str(folder), checksums=list(checksums))
    return folder


def file_paths(folder):
    """The relative paths of a folder's files, in the order of their bytes."""
    found = []
    for base, _, names in os.walk(os.fsencode(folder)):
        found += [os.path.relpath(os.path.join(base, name), os.fsencode(folder)) for name in names]
    return sorted(found)
