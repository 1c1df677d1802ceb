"""What every test here may ask for: a site, and the data set."""

import os
import signal
from contextlib import contextmanager
from pathlib import Path

import pydicom.data
import pytest

import product
from site_under_test import Site, wait_until

DATA = os.environ.get("FILMROOM_DATA") or product.REPOSITORY.parent / "shared" / "data"
FIXTURES = product.REPOSITORY / "Tests" / "Fixtures"


def pytest_collection_modifyitems(items):
    """Without the program there is nothing to drive; that is an error once the package has it."""
    if (product.FOLDER / "filmroom").exists():
        return
    if 'name: "filmroom"' in (product.REPOSITORY / "Package.swift").read_text():
        pytest.exit(f"no filmroom in {product.FOLDER}: swift build -c release, or set FILMROOM_BIN", 4)
    for item in items:
        if "needs_no_filmroom" not in item.keywords:
            item.add_marker(pytest.mark.skip(reason="the package has no program filmroom yet"))


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "site")


@pytest.fixture
def new_site(tmp_path):
    """Makes as many sites as a test needs."""
    numbers = iter(range(1000))
    return lambda **options: Site(tmp_path / f"site{next(numbers)}", **options)


@pytest.fixture(scope="session")
def data():
    """The large data set's folder, else the fixtures of the repository."""
    for place in (Path(DATA), FIXTURES):
        if place.is_dir():
            return place
    pytest.skip("neither the data set ($FILMROOM_DATA) nor Tests/Fixtures is there")


@pytest.fixture(scope="session")
def dicom_folder():
    """A folder of many real DICOM files: the data set's, else those that come with pydicom."""
    for place in (Path(DATA) / "dicom", FIXTURES / "dicom"):
        if place.is_dir():
            return place
    return Path(pydicom.data.__file__).parent / "test_files"


@contextmanager
def watching(site, **options):
    """`filmroom run`, up and scanning; at the end it is asked to stop and must do so cleanly."""
    log = open(site.root / "run.log", "ab")
    process = product.launch(
        ["run", "--root", site.root], stdout=log, stderr=log, **{**site.run_options, **options})
    try:
        wait_until(lambda: process.poll() is not None or (site.root / "run.log").stat().st_size > 0, 10)
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            code = process.wait(10)
        except Exception:
            process.kill()
            process.wait()
            raise
        log.close()
    assert code == 0, (code, (site.root / "run.log").read_text()[-3000:])
