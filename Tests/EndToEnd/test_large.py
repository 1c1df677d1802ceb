"""Bundles of 5 GB and of 100,000 files go through in bounded memory. Minutes long: only by Tests/run --long."""

import io
import shutil
import tarfile

import pytest

from dicom_files import dicom_bytes, pixels, uid

PEAK_BYTES = 300_000_000


def write_tar(path, members):
    """Streams (name, bytes) into a tar."""
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))


def numbered(template, old_uid, number):
    """The template with another SOP Instance UID of the same length."""
    new = f"{old_uid[:-8]}{number:08d}".encode()
    assert template.count(old_uid.encode()) == 2
    return template.replace(old_uid.encode(), new)


def template(**arguments):
    sop = f"{uid('large')[:40]}.1{0:08d}"
    return dicom_bytes(sop=sop, **arguments), sop


def check(site, path, count):
    outcome = site.run_once(seconds=900)
    print(f"\n{path.name}: {outcome.seconds:.1f} s, {outcome.peak_bytes / 1e6:.0f} MB at its peak")
    receipt = site.receipt(path.name)
    assert receipt["status"] == "accepted"
    assert sum(e["instanceCount"] for e in receipt["exams"]) == count
    assert outcome.peak_bytes < PEAK_BYTES


@pytest.mark.long
@pytest.mark.timeout(1500)
def test_bundle_of_5_gigabytes(site):
    if shutil.disk_usage(site.root).free < 16e9:
        pytest.skip("needs 16 GB of free disk")
    content, sop = template(rows=3328, columns=2560, seed="one")
    count = 5_000_000_000 // len(content) + 1
    path = site.incoming() / "large.tar"
    write_tar(path, ((f"IM{n}", numbered(content, sop, n)) for n in range(count)))
    site.attest(path)
    check(site, path, count)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("form", ["tar", "folder"])
def test_bundle_of_100_000_files(form, site):
    content, sop = template(rows=16, columns=16, modality="CT")
    files = ((f"s{n % 100}/IM{n}", numbered(content, sop, n)) for n in range(100_000))
    path = site.incoming() / f"many.{form}"
    if form == "tar":
        write_tar(path, files)
    else:
        for name, text in files:
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(text)
    site.attest(path)
    check(site, path, 100_000)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_one_file_of_a_gigabyte(site):
    frame = pixels("frame", 2048 * 2048 * 2)
    path = site.incoming() / "tomo.dcm"
    path.write_bytes(dicom_bytes(rows=2048, columns=2048, NumberOfFrames="128", PixelData=frame * 128))
    site.attest(path)
    check(site, path, 1)


@pytest.mark.slow
def test_bundle_of_10_000_files(site):
    content, sop = template(rows=16, columns=16, modality="CT")
    path = site.incoming() / "many.tar"
    write_tar(path, ((f"IM{n}", numbered(content, sop, n)) for n in range(10_000)))
    site.attest(path)
    check(site, path, 10_000)
