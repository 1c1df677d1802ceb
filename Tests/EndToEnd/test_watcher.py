"""filmroom-watch: one line an event, for folders made later too; it ends with its parent."""

import os
import shutil
import subprocess

import pytest

import product

pytestmark = [
    pytest.mark.needs_no_filmroom,
    pytest.mark.skipif(not (product.FOLDER / "filmroom-watch").exists(), reason="filmroom-watch is not built"),
]


@pytest.fixture
def watcher(tmp_path):
    process = subprocess.Popen(
        [product.FOLDER / "filmroom-watch", tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"watching\t%s\n" % os.fsencode(tmp_path)
    yield process
    process.kill()
    process.wait()


def line(watcher):
    word, _, path = watcher.stdout.readline().rstrip(b"\n").partition(b"\t")
    return word.decode(), path.split(b"/")[-1]


def test_written_and_renamed_files(watcher, tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    assert line(watcher) == ("close_write", b"a")
    (tmp_path / "a").rename(tmp_path / "b")
    assert line(watcher) == ("moved_to", b"b")


def test_folders_made_later_are_watched(watcher, tmp_path):
    (tmp_path / "day").mkdir()
    assert line(watcher) == ("create_dir", b"day")
    (tmp_path / "day" / "series").mkdir()
    assert line(watcher) == ("create_dir", b"series")
    (tmp_path / "day" / "series" / "1.dcm").write_bytes(b"x")
    assert line(watcher) == ("close_write", b"1.dcm")


def test_a_name_that_comes_again(watcher, tmp_path):
    for _ in range(3):
        (tmp_path / "day").mkdir()
        assert line(watcher) == ("create_dir", b"day")
        (tmp_path / "day" / "1.dcm").write_bytes(b"x")
        assert line(watcher) == ("close_write", b"1.dcm")
        (tmp_path / "day").rename(tmp_path.parent / "taken")
        shutil.rmtree(tmp_path.parent / "taken")


def test_one_line_whatever_the_name(watcher, tmp_path):
    with open(os.fsencode(tmp_path) + b"/a\nb\\c\xff", "w"):
        pass
    assert line(watcher) == ("close_write", b"a\\nb\\\\c\xff")


def test_dot_names_are_silent(watcher, tmp_path):
    (tmp_path / ".a.dcm.Xy12").write_bytes(b"x")
    (tmp_path / ".a.dcm.Xy12").rename(tmp_path / "a.dcm")
    assert line(watcher) == ("moved_to", b"a.dcm")


def test_ends_with_its_parent(watcher):
    watcher.stdin.close()
    assert watcher.wait(5) == 0


def test_ends_when_nobody_reads(watcher, tmp_path):
    watcher.stdout.close()
    (tmp_path / "a").write_bytes(b"x")
    assert watcher.wait(5) == 0


@pytest.mark.parametrize("arguments, code", [([], 64), (["--nonsense"], 64), (["/nowhere/at/all"], 1)])
def test_says_why_it_does_not_start(arguments, code):
    ended = subprocess.run(
        [product.FOLDER / "filmroom-watch", *arguments], stdin=subprocess.DEVNULL, capture_output=True, timeout=10)
    assert ended.returncode == code
    assert ended.stderr and not ended.stdout
