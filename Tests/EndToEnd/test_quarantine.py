"""Held drops: listed, shown, rehearsed without touching them, released into a new judgement."""

import bundles
from dicom_files import dicom_bytes, study_files


def hold(site, tmp_path):
    """A drop that is held because of a limit of the site."""
    site.adjust("images", limits={"entries": 3})
    receipt = site.take(bundles.make_tar(tmp_path, "day.tar", study_files(count=5)))
    assert receipt["status"] == "quarantined", receipt
    return receipt["drop"]["id"], receipt


def files_of(site):
    return {str(p): p.read_bytes() for p in (site.root / "spool").rglob("*") if p.is_file()}


def test_list_and_show(site, tmp_path):
    identifier, receipt = hold(site, tmp_path)
    listed = site.command("quarantine", "list")
    assert identifier in listed.output and "day.tar" in listed.output
    assert identifier in str(site.command("quarantine", "list", "--json").json())
    shown = site.command("quarantine", "show", identifier)
    assert "day.tar" in shown.output and receipt["reason"] in shown.output


def test_rehearsal_touches_nothing(site, tmp_path):
    identifier, _ = hold(site, tmp_path)
    before, packs = files_of(site), site.packs()
    assert "quarantined" in site.command("quarantine", "rehearse", identifier, code=None).text
    site.adjust("images", limits={"entries": 500})
    assert "accepted" in site.command("quarantine", "rehearse", identifier).text
    assert files_of(site) == before and site.packs() == packs and site.instances() == []


def test_release_judges_again(site, tmp_path):
    identifier, _ = hold(site, tmp_path)
    site.adjust("images", limits={"entries": 500})
    site.command("quarantine", "release", identifier)
    site.run_once()
    assert sorted(r["status"] for r in site.receipts().values()) == ["accepted", "quarantined"]
    assert len(site.instances()) == 5
    assert identifier not in site.command("quarantine", "list").output
    site.command("quarantine", "release", identifier, code=None)
    site.run_once()
    assert len(site.receipts()) == 2


def test_release_without_a_change_is_held_again(site, tmp_path):
    identifier, _ = hold(site, tmp_path)
    site.command("quarantine", "release", identifier)
    site.run_once()
    assert {r["status"] for r in site.receipts().values()} == {"quarantined"}
    assert site.instances() == []


def test_damaged_files_of_a_partial_drop_are_kept(site, tmp_path):
    damaged = dicom_bytes(number=2)[:4000]
    receipt = site.take(bundles.make_tar(tmp_path, "day.tar", {"good": dicom_bytes(), "bad": damaged}))
    assert receipt["status"] == "partial"
    held = [p for p in (site.root / "spool" / "quarantine").rglob("*") if p.is_file() and damaged in p.read_bytes()]
    assert held and receipt["drop"]["id"] in site.command("quarantine", "list").output


def test_unknown_drop(site):
    for command in ("show", "release", "rehearse"):
        outcome = site.command("quarantine", command, "d-999999", code=None)
        assert outcome.code == 1 and outcome.errors
