"""From answers to a result: every rule by small cases worked out by hand, ties, deadlines, versions, notices."""

import random
import shutil
import signal
import subprocess
import time

import pytest

import product
from reading_parties import AFTER, NOON, ReadingSite, canonical, files, protocol, reader
from site_under_test import Site

THREE = ("sato", "ito", "weber")
LATER = "2026-11-20T14:00:00Z"


@pytest.fixture
def make(tmp_path):
    numbers = iter(range(100))
    return lambda *protocols, **options: ReadingSite(tmp_path / f"site{next(numbers)}", *protocols, **options)


def rule(kind, **more):
    """A rule without an arbiter, unless it is given."""
    return {"kind": kind, "positive": None, "threshold": None, "arbiter": None, **more}


# The rules. Labels are normal < benign < recall; answers are those of sato, ito, weber.

CASES = [
    ("majority", {}, {}, "benign recall recall", "determined", "recall"),
    ("majority", {"ties": "undetermined"}, {}, "normal benign recall", "undetermined", None),
    ("majority", {"ties": "mostSevere"}, {}, "normal benign recall", "determined", "recall"),
    ("majority", {"ties": "leastSevere"}, {}, "normal benign recall", "determined", "normal"),
    ("unanimous", {}, {}, "recall recall recall", "determined", "recall"),
    ("unanimous", {}, {}, "recall recall benign", "escalated", None),
    ("any", {"positive": "recall"}, {}, "normal normal recall", "determined", "recall"),
    ("any", {"positive": "recall"}, {}, "normal normal benign", "determined", "normal"),
    ("kOfN", {"positive": "recall", "k": 2}, {}, "normal recall recall", "determined", "recall"),
    ("kOfN", {"positive": "recall", "k": 2}, {}, "normal normal recall", "determined", "normal"),
    ("mostSevere", {}, {}, "normal benign normal", "determined", "benign"),
    ("leastSevere", {}, {}, "recall benign recall", "determined", "benign"),
    ("median", {}, {}, "normal benign recall", "determined", "benign"),
    ("median", {}, {}, "normal recall recall", "determined", "recall"),
    # 3 of 5 parts of the weight against 2: the one who weighs more has it.
    ("weighted", {}, {"sato": 3}, "recall normal normal", "determined", "recall"),
    ("weighted", {"ties": "undetermined"}, {"sato": 2}, "recall normal normal", "undetermined", None),
    # recall has 2/6 of the weight, which is the threshold, though benign has more.
    ("weighted", {"positive": "recall", "threshold": "0.3"}, {"sato": 2, "ito": 3}, "recall benign normal", "determined", "recall"),
    ("weighted", {"positive": "recall", "threshold": "0.4"}, {"sato": 2, "ito": 3}, "recall benign normal", "determined", "benign"),
    # ln(0.9/0.1) = 2.20 for; twice ln(0.6/0.4) = 0.81 against.
    ("logOdds", {"positive": "recall"}, {"sato": (0.9, 0.9), "ito": (0.6, 0.6), "weber": (0.6, 0.6)},
     "recall normal normal", "determined", "recall"),
    ("logOdds", {"positive": "recall", "prevalence": "0.01"}, {"sato": (0.9, 0.9), "ito": (0.6, 0.6), "weber": (0.6, 0.6)},
     "recall normal normal", "determined", "normal"),
]


@pytest.mark.parametrize("kind, more, skills, answers, status, label", CASES)
def test_a_rule(make, kind, more, skills, answers, status, label):
    def entry(id):
        skill = skills.get(id, 1)
        if isinstance(skill, tuple):
            return reader(id, sensitivity=skill[0], specificity=skill[1])
        return reader(id, weight=skill)

    site = make(protocol(minimumReads="all", rule=rule(kind, **more)), readers=[entry(id) for id in THREE])
    site.bring()
    site.all_read(dict(zip(THREE, answers.split())))
    assert len(site.consensus()) == 1
    result = site.result()
    assert (result["status"], result["label"], result["rule"]) == (status, label, kind), result
    assert result["version"] == 1 and result["supersedes"] is None and len(result["reads"]) == 3
    assert abs(sum(result["posterior"].values()) - 1) < 1e-9
    if label:
        assert {(m["reader"], m["label"]) for m in result["minority"]} == {
            (who, said) for who, said in zip(THREE, answers.split()) if said != label}


def test_shares_and_margin_of_a_weighted_rule(make):
    site = make(protocol(minimumReads="all", rule=rule("weighted")), readers=[reader("sato", weight=2), reader("ito"), reader("weber")])
    site.bring()
    site.all_read({"sato": "recall", "ito": "normal", "weber": "benign"})
    site.consensus()
    result = site.result()
    assert result["posterior"] == {"normal": 0.25, "benign": 0.25, "recall": 0.5} and result["margin"] == 0.25
    assert {r["reader"]: r["weight"] for r in result["reads"]} == {"sato": 2, "ito": 1, "weber": 1}
    assert result["images"] and result["determinedAt"].startswith("2026-11-20T13:00:00")
    for party in ("office", "northside"):
        assert [n for n in site.results(party) if n.startswith("northside_")] == ["northside_A-1.v1.json"]
        assert {p.suffix for p in site.outbound(party, "results").glob("northside_A-1.v1.*")} >= {".json", ".html", ".csv"}
    assert not site.outbound("southside", "results").exists() or not site.results("southside")
    assert not site.outbound("sato", "results").exists()


# Ties and arbiters

@pytest.mark.parametrize("sees", ["nothing", "reads"])
def test_a_tie_goes_to_the_arbiter_whose_word_makes_the_second_version(make, sees):
    site = make(protocol(readers=["sato", "ito"], rule=rule("majority", ties="escalate", arbiter="weber", arbiterSees=sees)))
    site.bring()
    site.all_read({"sato": "recall", "ito": "normal"})
    assert site.worklist("weber") == []
    assert site.consensus() == [("northside_A-1", 1, "escalated")]
    assert site.result()["status"] == "escalated" and site.result()["label"] is None
    assert site.worklist("weber") == ["northside_A-1"], "the arbiter has it at once"
    assert site.exam_json("weber")["round"] == 2
    assert site.consensus(LATER) == []
    assert site.read("weber", site.answer("weber", "benign", at="2026-11-20T12:50:00Z"))[0]["status"] == "sealed"
    assert site.consensus(LATER) == [("northside_A-1", 2, "benign")]
    result = site.result(version=2)
    assert (result["status"], result["label"], result["supersedes"]) == ("determined", "benign", 1)
    assert "weber" in result["reason"]
    assert site.notices().keys() == {"northside_A-1.quorum-2.json", "northside_A-1.quorum-all.json"}
    assert site.notices()["northside_A-1.quorum-all.json"]["of"] == 2


def test_an_arbiter_who_reads_as_well(make):
    site = make()
    site.bring()
    site.all_read({"sato": "recall", "ito": "normal"})
    assert site.consensus() == [("northside_A-1", 1, "escalated")]
    assert site.exam_json("weber")["round"] == 1, "what they have to read already is their word"
    site.read("weber", site.answer("weber", "recall"))
    assert site.consensus(LATER) == [("northside_A-1", 2, "recall")]


def test_first_second_arbiter(make):
    site = make(protocol(rule=rule("firstSecondArbiter", arbiter="weber")))
    site.put("A-1")
    site.bring("A-2")
    assert site.worklist("sato") == site.worklist("ito") == ["northside_A-1", "northside_A-2"]
    assert site.worklist("weber") == [], "the arbiter is asked when two differ"
    site.all_read({"sato": "recall", "ito": "recall"}, "northside_A-1")
    site.all_read({"sato": "recall", "ito": "normal"}, "northside_A-2")
    assert site.consensus() == [("northside_A-1", 1, "recall"), ("northside_A-2", 1, "escalated")]
    assert site.worklist("weber") == ["northside_A-2"]
    site.read("weber", site.answer("weber", "normal", "northside_A-2", at="2026-11-20T12:50:00Z"))
    assert site.consensus(LATER) == [("northside_A-2", 2, "normal")]


def test_the_office_names_an_arbiter(make):
    site = make(protocol(readers=["sato", "ito"], rule=rule("majority")))
    site.bring()
    site.all_read({"sato": "recall", "ito": "normal"})
    site.consensus()
    assert site.result()["status"] == "escalated"
    site.ask("office", {"type": "assign", "id": "S-1", "exam": {"accessionNumber": "A-1"}, "readers": ["weber"], "reason": "tie"})
    site.read("weber", site.answer("weber", "recall", at="2026-11-20T12:50:00Z"))
    assert site.consensus(LATER) == [("northside_A-1", 2, "recall")]


def test_a_close_call_is_escalated(make):
    site = make(
        protocol(readers=["sato", "ito"], rule=rule("weighted", arbiter="weber", escalateBelowMargin="0.2")),
        readers=[reader("sato", weight="1.1"), reader("ito"), reader("weber")])
    site.bring()
    site.all_read({"sato": "recall", "ito": "normal"})
    assert site.consensus() == [("northside_A-1", 1, "escalated")]
    assert "margin" in site.result()["reason"] and site.worklist("weber")


def test_images_that_cannot_be_read(make):
    site = make(protocol(technicalRecall=["repeat"], minimumReads="all", rule=rule("majority")))
    site.put("A-1")
    site.bring("A-2")
    site.all_read({"sato": "repeat", "ito": "repeat", "weber": "normal"}, "northside_A-1")
    site.all_read({"sato": "repeat", "ito": "normal", "weber": "normal"}, "northside_A-2")
    assert site.consensus() == [("northside_A-1", 1, "repeat"), ("northside_A-2", 1, "normal")]
    assert (site.result()["status"], site.result()["label"]) == ("technicalRecall", "repeat")


# When an exam is determined, and when again

def test_all_reads_are_waited_for(make):
    site = make(protocol(minimumReads="all", rule=rule("majority")))
    site.bring()
    site.all_read({"sato": "recall", "ito": "recall"})
    assert site.consensus() == [] and "northside_A-1.v1.json" not in site.results()
    site.read("weber", site.answer("weber", "normal"))
    assert site.consensus(LATER) == [("northside_A-1", 1, "recall")]


def test_all_are_those_who_were_asked(make):
    site = make(protocol(minimumReads="all", rule=rule("majority")), readers=[reader("sato"), reader("ito"), reader("weber", to="2026-11-20")])
    site.bring()
    site.all_read({"sato": "recall", "ito": "recall"})
    assert site.consensus() == [("northside_A-1", 1, "recall")]
    assert "northside_A-1.quorum-all.json" in site.notices()


def test_at_the_deadline_one_read_is_enough(make):
    site = make(protocol(minimumReads="all", deadline="24h", rule=rule("majority")))
    site.put("A-1")
    site.bring("A-2")
    site.all_read({"sato": "recall"})
    assert site.consensus("2026-11-21T11:59:59Z") == []
    assert site.consensus("2026-11-21T12:00:01Z") == [("northside_A-1", 1, "recall")]
    site.all_read({"ito": "normal", "weber": "normal"}, at="2026-11-21T13:00:00Z")
    assert site.consensus("2026-11-21T14:00:00Z") == [("northside_A-1", 2, "normal")]
    assert site.result(version=2)["supersedes"] == 1


def test_a_late_read_makes_a_new_version_and_the_same_reads_make_none(make):
    site = make(protocol(rule=rule("majority")))
    site.bring()
    site.all_read({"sato": "recall", "ito": "recall"})
    assert site.consensus() == [("northside_A-1", 1, "recall")]
    first = files(site.outbound("office", "results"))
    site.say("sato", site.answer("sato", "recall"), name="again.json")
    site.run_once("--as-of", AFTER)
    assert site.consensus(LATER) == [] == site.consensus(LATER)
    site.read("weber", site.answer("weber", "normal"), at=LATER)
    assert site.consensus(LATER) == [("northside_A-1", 2, "recall")]
    result = site.result(version=2)
    assert result["supersedes"] == 1 and len(result["reads"]) == 3
    again = files(site.outbound("office", "results"))
    assert {k: v for k, v in again.items() if ".v1." in k} == {k: v for k, v in first.items() if ".v1." in k}


def test_a_read_that_was_withdrawn_takes_its_result_along(make):
    site = make(protocol(rule=rule("majority")))
    site.bring()
    first = site.answer("sato", "recall")
    site.say("sato", first)
    site.all_read({"ito": "recall"})
    site.consensus()
    site.read("sato", {**site.answer("sato", None, at="2026-11-20T12:30:00Z"), "retracts": canonical(first)}, name="2.json")
    assert site.consensus(LATER) == [("northside_A-1", 2, "undetermined")]
    assert "1 of 2" in site.result(version=2)["reason"]
    site.read("sato", site.answer("sato", "benign", at="2026-11-20T12:40:00Z"), name="3.json")
    assert site.consensus(LATER)[0][:2] == ("northside_A-1", 3)


def test_changed_weights_wait_for_a_changed_read(make):
    site = make(protocol(rule=rule("weighted")), readers=[reader("sato", weight=2), reader("ito"), reader("weber")])
    site.bring()
    site.all_read({"sato": "recall", "ito": "normal"})
    site.consensus()
    site.configure_readers([reader("sato"), reader("ito", weight=3), reader("weber")])
    assert site.consensus(LATER) == [] and site.result()["label"] == "recall"
    site.read("sato", site.answer("sato", "recall", at="2026-11-20T12:30:00Z"), name="2.json")
    assert site.consensus(LATER) == [("northside_A-1", 2, "normal")]


def test_weights_are_those_of_the_day(make):
    readers = [reader("sato", weight=3, to="2026-11-21"), reader("sato", weight=1, **{"from": "2026-11-21"}), reader("ito", weight=2), reader("weber")]
    site = make(protocol(rule=rule("weighted")), readers=readers)
    site.put("A-1")
    site.bring("A-2")
    site.all_read({"sato": "recall", "ito": "normal"}, "northside_A-1")
    assert site.consensus("2026-11-20T22:00:00Z") == [("northside_A-1", 1, "recall")]
    site.all_read({"sato": "recall", "ito": "normal"}, "northside_A-2")
    assert site.consensus("2026-11-21T08:00:00Z") == [("northside_A-2", 1, "normal")]


def test_who_has_left_keeps_the_weight_that_held_last(make):
    site = make(protocol(rule=rule("weighted")), readers=[reader("sato", weight=3, to="2026-11-21"), reader("ito", weight=2), reader("weber")])
    site.bring()
    site.all_read({"sato": "recall", "ito": "normal"})
    assert site.consensus("2026-11-21T08:00:00Z") == [("northside_A-1", 1, "recall")]


def test_of_two_rounds_the_last_word_counts(make):
    site = make(protocol(rounds=2, readers=["sato", "ito"], rule=rule("majority")))
    site.bring()
    site.all_read({"sato": "recall", "ito": "normal"})
    assert site.consensus() == [], "the second round is still to come"
    site.all_read({"sato": "normal", "ito": "normal"}, minute=30)
    assert site.consensus(LATER) == [("northside_A-1", 1, "normal")]
    counted = {(r["reader"], r["round"]): r["counted"] for r in site.result()["reads"]}
    assert counted == {("sato", 1): False, ("sato", 2): True, ("ito", 1): False, ("ito", 2): True}
    assert site.result()["posterior"]["normal"] == 1


def test_a_latent_class_rule_learns_from_the_other_exams(make):
    site = make(protocol(minimumReads="all", rule=rule("latentClass")))
    for number in range(14):
        site.put(f"E-{number:02}", rows=8, columns=8)
    site.run_once("--as-of", NOON)
    answers = {who: [] for who in THREE}
    for number in range(14):
        key, truth = f"northside_E-{number:02}", ("recall" if number % 2 else "normal")
        # weber errs in every third exam, where the others agree; in the last two it is one against two.
        for who in THREE:
            said = truth if who != "weber" or number % 3 else ("normal" if truth == "recall" else "recall")
            answers[who].append(site.answer(who, said, key))
    for who in THREE:
        site.say(who, *answers[who])
    site.run_once("--as-of", AFTER)
    made = site.consensus()
    assert [(key, label) for key, _, label in made] == [
        (f"northside_E-{n:02}", "recall" if n % 2 else "normal") for n in range(14)]
    assert site.consensus(LATER) == []


def test_a_latent_class_rule_that_has_too_little_to_learn_from_says_so(make):
    site = make(protocol(minimumReads="all", rule=rule("latentClass")))
    site.bring()
    site.all_read({"sato": "recall", "ito": "recall", "weber": "normal"})
    assert site.consensus() == [("northside_A-1", 1, "recall")]
    assert site.result()["reason"], "nothing says that weights were taken instead"


# In whatever order

def test_the_order_of_arrival_makes_no_difference(make, tmp_path):
    loaded = make(protocol(rule=rule("weighted", arbiter="weber")), readers=[reader("sato", weight="0.3"), reader("ito", weight="0.6"), reader("weber", weight="0.1")])
    loaded.put("A-1")
    loaded.bring("A-2")
    drops = []
    for key in ("northside_A-1", "northside_A-2"):
        for who, label in zip(THREE, ("recall", "normal", "benign")):
            drops.append((who, f"{who}.{key}.json", loaded.answer(who, label, key, text=f"{who} of {key}")))
    drops.append(("sato", "newer.json", loaded.answer("sato", "benign", "northside_A-1", at="2026-11-20T12:20:00Z")))
    outcomes = []
    for number in range(4):
        order = drops[:]
        random.Random(number).shuffle(order)
        shutil.copytree(loaded.root, tmp_path / f"copy{number}")
        site = copy_of(tmp_path / f"copy{number}")
        for index, (who, name, answer) in enumerate(order):
            site.say(who, answer, name=name)
            if index % 3 == number % 3:
                site.run_once("--as-of", AFTER)
        site.run_once("--as-of", AFTER)
        site.consensus(LATER)
        outcomes.append({k: v for k, v in files(site.outbound("office", "results")).items() if k.startswith("northside_A")})
    assert len(outcomes[0]) == 12 and all(outcome == outcomes[0] for outcome in outcomes)


def copy_of(root):
    site = ReadingSite.__new__(ReadingSite)
    Site.__init__(site, root, init=False)
    return site


# Notices: once each

@pytest.mark.parametrize("quorum, names", [
    (1, ["quorum-1", "quorum-all"]), (2, ["quorum-2", "quorum-all"]), (3, ["quorum-3", "quorum-all"])])
def test_notices(make, quorum, names):
    site = make(protocol(quorum=quorum))
    site.bring()
    assert site.notices() == {}
    told = {}
    for number, who in enumerate(THREE, 1):
        site.read(who, site.answer(who, "recall"))
        expected = [f"northside_A-1.{name}.json" for name in names if (name == f"quorum-{quorum}" and number >= quorum) or number == 3]
        notices = site.notices()
        assert sorted(notices) == sorted(expected)
        for name, text in told.items():
            assert notices[name] == text, "a notice changed"
        told = notices
    assert told[f"northside_A-1.quorum-{quorum}.json"]["count"] == quorum
    assert all(n["of"] == 3 for n in told.values())
    before = files(site.outbound("office", "notices"))
    site.say("sato", site.answer("sato", "recall"), name="again.json")
    site.say("ito", site.answer("ito", "normal", at="2026-11-20T12:30:00Z"), name="newer.json")
    site.run_once("--as-of", LATER)
    site.consensus(LATER)
    assert files(site.outbound("office", "notices")) == before
    events = [e["detail"] for e in site.json("explain", "northside_A-1")["events"] if e["what"] == "quorumReached"]
    assert len(events) == 2


def reads_in(site):
    for who in THREE:
        site.say(who, site.answer(who, "recall", text=f"by {who}"))


def end_state(site):
    return {
        "office": {k: v for k, v in files(site.root / "spool" / "outbound" / "office").items()},
        "readers": {who: files(site.outbound(who, "worklists")) for who in THREE},
        "receipts": {who: {n: (r["status"], [x["status"] for x in r["reads"]]) for n, r in site.receipts(who).items()} for who in THREE},
        "results": files(site.outbound("northside", "results")),
    }


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A site whose readers have answered, unworked; and what an undisturbed run makes of it."""
    place = tmp_path_factory.mktemp("reads")
    site = ReadingSite(place / "loaded")
    site.bring(count=2)
    reads_in(site)
    shutil.copytree(site.root, place / "calm")
    calm = copy_of(place / "calm")
    outcome = calm.run_once("--as-of", AFTER)
    calm.consensus()
    return site, end_state(calm), outcome.seconds


def test_three_at_once_are_the_same_notices_as_one_by_one(make):
    """Notices say how many were waited for, not how many happened to come."""
    told = []
    for apart in (True, False):
        site = make()
        site.bring()
        for who in THREE:
            site.say(who, site.answer(who, "recall"))
            if apart:
                site.run_once("--as-of", AFTER)
        site.run_once("--as-of", AFTER)
        told.append(site.notices())
    assert told[0] == told[1] and told[0]["northside_A-1.quorum-2.json"]["count"] == 2


def test_killed_at_any_moment_and_run_again(loaded, tmp_path):
    site, expected, seconds = loaded
    for number in range(6):
        shutil.copytree(site.root, tmp_path / str(number))
        killed = copy_of(tmp_path / str(number))
        moments = random.Random(number)
        for _ in range(2):
            process = product.launch(["run", "--once", "--as-of", AFTER, "--root", killed.root], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(moments.uniform(0, 1.1 * seconds))
            process.send_signal(signal.SIGKILL)
            process.wait()
        process = product.launch(["consensus", "--as-of", AFTER, "--root", killed.root], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0, 0.3))
        process.send_signal(signal.SIGKILL)
        process.wait()
        killed.run_once("--as-of", AFTER)
        killed.consensus()
        state = end_state(killed)
        assert state["receipts"] == expected["receipts"]
        assert state["readers"] == expected["readers"]
        assert {k: v for k, v in state["office"].items() if k.startswith("notices")} == {
            k: v for k, v in expected["office"].items() if k.startswith("notices")}
        # A consensus between the kills may have made a first version of fewer reads: the newest is what counts.
        newest = max(killed.result(version=v)["version"] for v in (1, 2) if f"northside_A-1.v{v}.json" in killed.results())
        assert killed.result(version=newest)["label"] == "recall" and len(killed.result(version=newest)["reads"]) == 3
        if newest == 1:
            assert state["results"].keys() == expected["results"].keys()


def test_two_runs_at_the_same_time(loaded, tmp_path):
    site, expected, _ = loaded
    shutil.copytree(site.root, tmp_path / "two")
    two = copy_of(tmp_path / "two")
    runs = [product.launch(["run", "--once", "--as-of", AFTER, "--root", two.root], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
    for run in runs:
        _, errors = run.communicate(timeout=60)
        assert run.returncode == 0, errors
    two.run_once("--as-of", AFTER)
    deciders = [product.launch(["consensus", "--as-of", AFTER, "--root", two.root], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
    for run in deciders:
        _, errors = run.communicate(timeout=60)
        assert run.returncode == 0, errors
    state = end_state(two)
    assert state == expected
