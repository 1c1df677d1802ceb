"""The commands: help, exit codes, configuration that is wrong, JSON on standard output alone."""

import re

import pytest

import product
from dicom_files import dicom_bytes

COMMANDS = ["init", "check", "status", "run", "find", "explain", "verify", "rebuild", "quarantine", "consensus"]


@pytest.mark.parametrize("command", [[], *[[c] for c in COMMANDS], *[["quarantine", c] for c in ("list", "show", "release", "rehearse")]])
def test_help_teaches(command):
    outcome = product.run([*command, "--help"])
    assert outcome.code == 0 and len(outcome.output.splitlines()) >= 4
    assert not command or command[-1] in outcome.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"], ["run", "--nonsense"], ["find", "--from", "yesterday", "--json"], ["run", "--once", "--as-of", "noon"],
        ["run", "--pipelines", "pictures"], ["quarantine", "show", "17"], ["quarantine", "rehearse", "d-000001", "day.tar"],
        ["explain", ""], ["explain"],
    ],
)
def test_usage(arguments, site):
    outcome = site.command(*arguments, code=None)
    assert outcome.code == 64, outcome
    assert outcome.errors and not outcome.output


def test_init_lays_out_a_site_that_is_valid(tmp_path):
    outcome = product.run(["init", "--root", tmp_path / "new"])
    assert outcome.code == 0
    for path in ("spool/incoming", "spool/outbound", "spool/active", "spool/deferred", "spool/quarantine", "pipelines", "cron"):
        assert (tmp_path / "new" / path).is_dir(), path
    for name in ("parties", "reading", "purposes", "tariff", "storage", "images"):
        assert (tmp_path / "new" / "pipelines" / f"{name}.yaml").is_file(), name
    assert product.run(["check", "--root", tmp_path / "new"]).code == 0


def test_a_site_whose_owner_replaces_the_parties_alone_is_valid(tmp_path):
    root = tmp_path / "new"
    assert product.run(["init", "--root", root]).code == 0
    (root / "pipelines" / "parties.yaml").write_text(
        "site: {id: own, timeZone: UTC, currency: JPY}\nfacilities: [{id: mine}]\n")
    outcome = product.run(["check", "--root", root])
    assert outcome.code == 0, outcome
    assert product.run(["run", "--once", "--root", root]).code == 0


def test_no_wait_at_all_is_a_choice(site):
    site.adjust("images", settle="0s", holdIncompleteAfter="0s", limits={"pathLength": 1})
    site.drop_file("one.dcm", dicom_bytes("A-1"), attested=False)
    path = site.drop_file("two.dcm", dicom_bytes("A-2"), attested=False)
    path.with_name("two.dcm.sha256").write_text("0" * 64 + "  two.dcm\n# end 1\n")
    site.run_once()
    assert site.statuses() == {"one.dcm": "accepted", "two.dcm": "incomplete"}


def test_init_again_changes_nothing(site):
    before = {p: p.read_bytes() for p in (site.root / "pipelines").iterdir() if p.is_file()}
    site.command("init", code=None)
    assert {p: p.read_bytes() for p in before} == before


def test_folders_of_new_parties_are_made(site):
    site.command("run", "--once")
    for party in ("northside", "southside"):
        assert (site.root / "spool" / "incoming" / party / "images").is_dir()
        assert (site.root / "spool" / "outbound" / party / "receipts").is_dir()


def test_root_from_the_environment(site):
    outcome = product.run(["status", "--json"], env={"FILMROOM_ROOT": str(site.root), "PATH": "/usr/bin:/bin"})
    assert outcome.code == 0 and outcome.json() is not None
    assert product.run(["status", "--json"], cwd=site.root).code == 0


@pytest.mark.parametrize(
    "file, good, bad, line",
    [
        ("images", "settle: 0.3s", "settle: ten seconds", "settle"),
        ("images", "settle: 0.3s", "setle: 10s", "setle"),
        ("images", "workers: ", "workers: -", "workers"),
        ("images", "- store", "- stoer", "stoer"),
        ("diagnoses", "- judge", "- jugde", "jugde"),
        ("parties", "id: southside", "id: South Side", "South Side"),
        ("parties", "id: southside", "id: northside", "northside"),
        ("parties", "timeZone: Asia/Tokyo", "timeZone: Asia/Tokio", "Tokio"),
        ("parties", "name: Northbank Reading Service", "name: [unclosed", "unclosed"),
        ("storage", "90%", "190%", "190%"),
        ("tariff", "effective: 2026-01-01", "effective: 2026-13-01", "2026-13-01"),
        ("reading", "kind: weighted", "kind: weighed", "weighed"),
        ("purposes", "id: treatment", "name: treatment", "name: treatment"),
    ],
)
def test_bad_configuration_is_named_by_file_and_line(file, good, bad, line, site):
    path = site.root / "pipelines" / f"{file}.yaml"
    if file in ("reading", "tariff"):
        site.use_example(file)
        assert site.command("check")
    text = path.read_text()
    assert good in text, text
    path.write_text(text.replace(good, bad, 1) if file != "parties" or bad != "id: northside" else text.replace(good, bad))
    numbers = [n for n, content in enumerate(path.read_text().splitlines(), 1) if line in content]
    outcome = site.command("check", code=2)
    named = [int(n) for n in re.findall(rf"{file}\.yaml:(\d+)", outcome.text)]
    assert named and any(abs(n - m) <= 1 for n in named for m in numbers), (outcome, numbers)
    for command in (["run", "--once"], ["status"], ["find", "--json"], ["verify"]):
        refused = site.command(*command, code=1)
        assert f"{file}.yaml" in refused.errors


def test_as_of_sets_the_clock_of_records(site):
    site.take_file("one.dcm", dicom_bytes())
    site.drop_file("two.dcm", dicom_bytes("A-2"))
    site.run_once("--as-of", "2025-01-02T03:04:05+09:00")
    assert site.receipt("two.dcm")["drop"]["receivedAt"] == "2025-01-01T18:04:05+00:00"


def test_a_date_is_midnight_in_the_time_zone_of_the_site(site):
    site.adjust("parties", site={"timeZone": "Asia/Tokyo"})
    site.drop_file("one.dcm", dicom_bytes())
    site.run_once("--as-of", "2025-01-02")
    assert site.receipt("one.dcm")["drop"]["receivedAt"] == "2025-01-02T00:00:00+09:00"


@pytest.mark.parametrize(
    "command",
    [*[[c] for c in COMMANDS if c not in ("explain", "quarantine")], ["explain", "A-1"],
     ["quarantine", "list"], ["quarantine", "show", "d-000001"], ["quarantine", "release", "d-000001"], ["quarantine", "rehearse"]],
    ids=" ".join,
)
def test_every_command_judges_the_time_that_it_is_given(command, site):
    for time in ("noon", "2025-01-02T03:04:05", "2025-02-30", "2025-01-02T03:04:05+99:00", ""):
        outcome = site.command(*command, "--as-of", time, code=64)
        assert "--as-of" in outcome.errors and not outcome.output, outcome
    assert site.command(*command, "--as-of", "2025-01-02T03:04:05Z", *(["--once"] if command == ["run"] else []), code=None).code != 64


def test_status_tells_what_waits(site):
    site.drop_file("cut.dcm", dicom_bytes()[:3000], attested=False)
    site.run_once()
    status = site.json("status")
    assert status["waiting"] == 1 and [d["name"] for d in status["drops"]] == ["cut.dcm"]
    lines = site.command("status").output.splitlines()
    assert "waiting\t1" in lines and any("northside/images/cut.dcm" in line for line in lines)


def test_status_tells_folders_that_nobody_reads(site):
    assert site.json("status")["unknown"] == []
    incoming = site.root / "spool" / "incoming"
    for path in ("westside/images", "northside/imges", "northside/.snapshots", ".cache/images"):
        (incoming / path).mkdir(parents=True)
    for path in ("westside/images/a.dcm", "northside/imges/b.dcm", "northside/c.dcm"):
        (incoming / path).write_bytes(dicom_bytes())
    assert site.run_once().errors.count("incoming/westside") == 1
    assert site.receipts() == {} and (incoming / "northside/imges/b.dcm").exists()
    status = site.json("status")
    assert [u["path"] for u in status["unknown"]] == ["incoming/northside/c.dcm", "incoming/northside/imges", "incoming/westside"]
    assert "parties.yaml" in status["unknown"][2]["reason"] and "images" in status["unknown"][1]["reason"]
    assert status["waiting"] == 0 and status["drops"] == []
    text = site.command("status").output
    assert all(u["path"] in text and u["reason"] in text for u in status["unknown"])


def test_a_site_that_is_not_there(tmp_path):
    outcome = product.run(["status", "--root", tmp_path / "nowhere"])
    assert outcome.code == 1 and outcome.errors


def test_version():
    outcome = product.run(["--version"])
    assert outcome.code == 0 and re.fullmatch(r"filmroom \d+\.\d+\.\d+\n", outcome.output), outcome
