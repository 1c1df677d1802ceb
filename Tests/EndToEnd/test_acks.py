"""Acknowledgements: what a party has picked up goes from its outbound folder, and nothing else does."""

import pytest

import bundles
from dicom_files import dicom_bytes, study_files
from site_under_test import sha256

READING = {
    "protocols": [
        {"id": "screening", "match": {"modalities": ["MG"]}, "labels": ["normal", "recall"], "readers": ["sato", "ito"],
         "examComplete": "0s", "rule": {"kind": "majority"}}
    ]
}
KEY = "northside_A-1"


@pytest.fixture
def published(site, tmp_path):
    site.configure("reading", READING)
    site.drop(bundles.make_tar(tmp_path, "day.tar", study_files("A-1", 2)))
    site.run_once()
    assert (site.outbound("sato", "worklists") / KEY).is_dir()
    return site


def acknowledge(site, party, what, digest, name="one.ack"):
    site.drop_file(name, f"{what}\n{digest}\n".encode(), party, "acks")
    site.run_once()


def test_a_folder_and_a_file_that_were_picked_up_go(published):
    folder = published.outbound("sato", "worklists") / KEY
    acknowledge(published, "sato", f"worklists/{KEY}", sha256((folder / "SHA256SUMS").read_bytes()))
    assert not folder.exists() and list(published.outbound("sato", "worklists").iterdir()) == []
    assert published.receipts("sato") == {} and published.left("sato", "acks") == []
    assert (published.outbound("ito", "worklists") / KEY).is_dir(), "another reader's packet stays"
    receipt = next(published.outbound().glob("images.day.tar.*.json"))
    acknowledge(published, "northside", f"receipts/{receipt.name}", sha256(receipt.read_bytes()))
    assert list(published.outbound().iterdir()) == []
    published.run_once()
    assert list(published.outbound("sato", "worklists").iterdir()) == [], "what was acknowledged does not come again"


def test_the_same_acknowledgement_again_is_no_mistake(published):
    digest = sha256((published.outbound("sato", "worklists") / KEY / "SHA256SUMS").read_bytes())
    acknowledge(published, "sato", f"worklists/{KEY}", digest)
    acknowledge(published, "sato", f"worklists/{KEY}", digest, name="two.ack")
    assert published.receipts("sato") == {}


def test_images_that_come_later_bring_a_packet_that_was_acknowledged_again(published, tmp_path):
    digest = sha256((published.outbound("sato", "worklists") / KEY / "SHA256SUMS").read_bytes())
    acknowledge(published, "sato", f"worklists/{KEY}", digest)
    published.take_file("late.dcm", dicom_bytes("A-1", number=9))
    assert (published.outbound("sato", "worklists") / KEY / "images" / "3.dcm").exists()


@pytest.mark.parametrize(
    "lines, said",
    [
        (f"worklists/{KEY}\n{'0' * 64}\n", "has the SHA-256"),
        (f"worklists/{KEY}\nabc\n", "line 2"),
        (f"worklists/../receipts/x\n{'0' * 64}\n", "line 1"),
        (f"worklists/.hidden\n{'0' * 64}\n", "line 1"),
        (f"results/{KEY}.v1.json\n{'0' * 64}\n", "nothing that you pick up"),
        (f"worklists/northside_A-7\n{'0' * 64}\n", "is not there"),
        ("", "two"),
        (f"worklists/{KEY}\n", "two"),
    ],
)
def test_what_is_not_right_is_refused_and_removes_nothing(published, lines, said):
    before = {p: p.read_bytes() for p in published.outbound("sato", "worklists").rglob("*") if p.is_file()}
    published.drop_file("one.ack", lines.encode(), "sato", "acks")
    published.run_once()
    receipt = published.receipt("one.ack", "sato")
    assert receipt["status"] == "refused" and said in receipt["reason"], receipt
    assert {p: p.read_bytes() for p in published.outbound("sato", "worklists").rglob("*") if p.is_file()} == before


def test_nobody_acknowledges_for_another(published):
    digest = sha256((published.outbound("sato", "worklists") / KEY / "SHA256SUMS").read_bytes())
    acknowledge(published, "ito", f"worklists/{KEY}", digest)
    assert (published.outbound("sato", "worklists") / KEY).is_dir()
    assert published.receipt("one.ack", "ito")["status"] == "refused"
