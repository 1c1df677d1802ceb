"""Who is asked to read an exam, when, and what comes when more images do."""

import json

import pytest

from dicom_files import uid
from reading_parties import AFTER, NOON, ReadingSite, check_sum, files, protocol, reader
from site_under_test import PARTIES

PLAIN = {"kind": "majority", "positive": None, "threshold": None, "arbiter": None}


@pytest.fixture
def make(tmp_path):
    return lambda *protocols, **options: ReadingSite(tmp_path / "site", *protocols, **options)


def test_every_reader_of_the_protocol_gets_a_packet(make):
    site = make()
    site.bring(count=2)
    for who in ("sato", "ito", "weber"):
        assert site.worklist(who) == ["northside_A-1"]
        exam = site.exam_json(who)
        assert (exam["protocol"], exam["packetVersion"], exam["round"]) == ("screening", 1, 1)
        assert site.template(who)["reader"] == who
    before = {who: files(site.outbound(who)) for who in ("sato", "ito", "weber")}
    site.run_once("--as-of", AFTER)
    assert {who: files(site.outbound(who)) for who in before} == before, "working again changed a packet"


def test_an_exam_of_no_protocol_is_nobodys(make):
    site = make(protocol(match={"modalities": ["CT"]}))
    site.bring()
    assert not any(site.worklist(who) for who in ("sato", "ito", "weber"))


def test_the_first_protocol_that_matches_has_the_exam(make):
    def one(id, who, **match):
        return protocol(id=id, readers=[who], quorum=1, match=match, rule=PLAIN)

    site = make(
        one("ct", "sato", modalities=["CT"]), one("hand", "ito", bodyParts=["HAND", "WRIST"]),
        one("urgent", "weber", descriptions=["stroke"]), one("south", "sato", facilities=["southside"]),
        one("rest", "ito"))
    for accession, attributes in {
        "CT": {"modality": "CT"}, "HAND": {"modality": "MR", "BodyPartExamined": "WRIST"},
        "STUDY": {"modality": "MR", "StudyDescription": "Head, STROKE protocol"},
        "STEP": {"modality": "MR", "PerformedProcedureStepDescription": "acute stroke"},
        "REST": {"modality": "MR", "StudyDescription": "Knee"},
    }.items():
        site.put(accession, **attributes)
    site.bring("SOUTH", party="southside", modality="MR")
    assert site.worklist("sato") == ["northside_CT", "southside_SOUTH"]
    assert site.worklist("weber") == ["northside_STEP", "northside_STUDY"]
    assert site.worklist("ito") == ["northside_HAND", "northside_REST"]
    assert site.exam_json("ito", "northside_REST")["protocol"] == "rest"
    assert site.exam_json("ito", "northside_HAND")["protocol"] == "hand"
    assert site.exam_json("sato", "southside_SOUTH")["facility"] == "southside"


def test_the_contracts_own_match_block_is_understood(make):
    site = make(protocol(match={"modalities": ["MG"], "bodyParts": "all", "descriptions": "all", "facilities": "all"}))
    site.bring()
    assert site.worklist("sato")


@pytest.mark.parametrize("how", ["rotation", "leastLoad"])
def test_readers_in_turn_get_as_much_as_each_other(make, how):
    site = make(protocol(number=2, assignment=how))
    for number in range(12):
        site.put(f"E-{number}")
    site.run_once("--as-of", NOON)
    lists = {who: site.worklist(who) for who in ("sato", "ito", "weber")}
    assert {who: len(keys) for who, keys in lists.items()} == {"sato": 8, "ito": 8, "weber": 8}
    for number in range(12):
        assert sum(f"northside_E-{number}" in keys for keys in lists.values()) == 2


def test_whoever_has_the_least_to_do_comes_first(make):
    site = make(protocol(number=1, quorum=1, assignment="leastLoad", rule=PLAIN))
    for number in range(3):
        site.put(f"E-{number}")
    site.run_once("--as-of", NOON)
    own = site.worklist("ito")[0]
    site.read("ito", site.answer("ito", "normal", own))
    site.bring("E-4", at=AFTER)
    assert "northside_E-4" in site.worklist("ito")


def test_only_readers_of_that_day_are_asked(make):
    readers = [reader("sato", to="2026-11-20"), reader("ito", **{"from": "2026-11-21"}), reader("weber"),
               reader("klein", **{"from": "2026-11-20", "to": "2026-11-21"})]
    site = make(protocol(readers=["sato", "ito", "weber", "klein"], quorum=1), readers=readers)
    site.bring()
    assert [who for who in ("sato", "ito", "weber", "klein") if site.worklist(who)] == ["weber", "klein"]
    site.bring("A-2", at="2026-11-21T12:00:00Z")
    assert [who for who in ("sato", "ito", "weber", "klein") if "northside_A-2" in site.worklist(who)] == ["ito", "weber"]


def test_an_exam_is_whole_when_no_image_came_for_a_while(make):
    site = make(protocol(examComplete="10m"))
    site.bring(at="2026-11-20T12:00:00Z")
    site.run_once("--as-of", "2026-11-20T12:09:59Z")
    assert not site.worklist("sato")
    site.put(first=2)
    site.run_once("--as-of", "2026-11-20T12:09:59Z")
    site.run_once("--as-of", "2026-11-20T12:10:01Z")
    assert not site.worklist("sato"), "the quiet time begins again with each image"
    site.run_once("--as-of", "2026-11-20T12:19:59Z")
    assert len(site.exam_json("sato")["series"][0]["instances"]) == 2


def test_images_that_come_later_make_another_version_in_the_same_place(make):
    site = make()
    site.bring(count=2)
    site.read("sato", site.answer("sato", "normal"))
    site.put(first=3)
    site.run_once("--as-of", AFTER)
    for who in ("sato", "ito", "weber"):
        assert site.worklist(who) == ["northside_A-1"]
        exam = site.exam_json(who)
        assert exam["packetVersion"] == 2 and len(exam["series"][0]["instances"]) == 3
        assert len(list((site.packet(who) / "images").iterdir())) == 3
        check_sum(site.packet(who))
    site.read("ito", site.answer("ito", "normal"), name="second.json")
    assert site.consensus()
    versions = {r["reader"]: r["packetVersion"] for r in site.result()["reads"]}
    assert versions == {"sato": 1, "ito": 2}


def test_the_same_images_again_make_no_version(make):
    site = make()
    site.bring(count=2)
    site.put(count=2, name="again")
    site.run_once("--as-of", AFTER)
    assert site.exam_json("sato")["packetVersion"] == 1


def test_earlier_exams_of_the_same_patient_come_along(make):
    site = make()
    site.put("OLD", study_date="20240101", patient_id="P-1")
    site.put("OLDER", count=2, study_date="20220101", patient_id="P-1")
    site.put("LATER", study_date="20270101", patient_id="P-1")
    site.put("OTHER", study_date="20240101", patient_id="P-2")
    site.put("SOUTH", study_date="20240101", patient_id="P-1", party="southside")
    site.put("ELSEWHERE", study_date="20240101", patient_id="P-1", issuer="ELSEWHERE")
    site.bring("A-1", patient_id="P-1")
    priors = site.exam_json("sato")["priors"]
    assert [p["key"] for p in priors] == ["northside_OLD", "northside_OLDER"]
    assert [p["studyDate"] for p in priors] == ["2024-01-01", "2022-01-01"]
    assert [len(p["series"][0]["instances"]) for p in priors] == [1, 2]
    images = [i["image"] for p in priors for s in p["series"] for i in s["instances"]]
    assert all((site.packet("sato") / image).is_file() for image in images)
    text = b"".join(p.read_bytes() for p in site.packet("sato").rglob("*") if p.suffix in (".html", ".json", ".js"))
    for other in ("SOUTH", "LATER", "OTHER", "ELSEWHERE"):
        assert f"_{other}".encode() not in text and uid("study", other).encode() not in text


def test_an_exam_without_patient_id_has_no_priors(make):
    site = make()
    site.put("OLD", study_date="20240101", patient_id="")
    site.bring("A-1", patient_id="")
    assert site.exam_json("sato")["priors"] == []


def test_exams_of_equal_numbers_from_two_facilities_are_two(make):
    site = make()
    site.put("A-1", party="northside")
    site.put("A-1", party="southside", seed="another")
    site.run_once("--as-of", NOON)
    assert site.worklist("sato") == ["northside_A-1", "southside_A-1"]
    one, other = (site.exam_json("sato", key) for key in site.worklist("sato"))
    assert one["studyInstanceUID"] == other["studyInstanceUID"] and one["facility"] != other["facility"]
    digests = [e["series"][0]["instances"][0]["sha256"] for e in (one, other)]
    assert digests[0] != digests[1]


def test_a_key_with_other_characters(make):
    site = make()
    site.bring("A/1 ü")
    assert site.worklist("sato") == ["northside_A%2F1%20%C3%BC"]
    site.bring("", study="1.2.3", name="none")
    assert "northside_1.2.3" in site.worklist("sato")
    assert "accessionNumber" not in site.template("sato", "northside_1.2.3")["exam"]


def test_two_rounds_come_one_after_the_other(make):
    site = make(protocol(rounds=2, readers=["sato", "ito"], quorum=2, rule={"arbiter": None}))
    site.bring()
    site.read("sato", site.answer("sato", "recall"))
    assert site.exam_json("sato")["round"] == 1, "the round is not complete"
    site.read("ito", site.answer("ito", "normal"), name="ito.json")
    for who in ("sato", "ito"):
        assert site.exam_json(who)["round"] == site.template(who)["round"] == 2
    site.read("sato", site.answer("sato", "recall", at="2026-11-20T12:30:00Z"), name="2.json")
    site.read("ito", site.answer("ito", "recall", at="2026-11-20T12:30:00Z"), name="2.json")
    site.run_once("--as-of", AFTER)
    assert site.exam_json("sato")["round"] == 2
    assert {n: d["count"] for n, d in site.notices().items()} == {
        "northside_A-1.quorum-2.json": 2, "northside_A-1.quorum-all.json": 4}


# What readers and the office ask for

def request(accession="A-1", id="R-1", **more):
    return {"type": "request", "id": id, "exam": {"facility": "northside", "accessionNumber": accession}, "purpose": "reading", **more}


def test_a_reader_asks_for_an_exam(make):
    site = make(protocol(number=1, quorum=1, assignment="rotation", rule=PLAIN),
                readers=[reader(r) for r in ("sato", "ito", "weber", "klein")])
    site.bring()
    assert site.worklist("sato") and not site.worklist("ito")
    assert [(i["id"], i["status"]) for i in site.ask("ito", request())] == [("R-1", "accepted")]
    assert site.worklist("ito") == ["northside_A-1"]
    read = site.read("ito", site.answer("ito", "recall"))
    assert read[0]["status"] == "sealed"
    # The reader who was chosen still has to answer, and is told nothing of it.
    assert "northside_A-1.quorum-all.json" not in site.notices()


def test_what_is_not_there_and_what_is_not_theirs_are_the_same(make):
    site = make(protocol(readers=["sato"], quorum=1, match={"modalities": ["MG"]}, rule=PLAIN))
    site.put("A-1")
    site.put("CT", modality="CT")
    site.run_once("--as-of", NOON)
    items = site.ask("ito", request("A-1", "R-1"), request("CT", "R-2"), request("NONE", "R-3"),
                     {**request("A-1", "R-4"), "exam": {"accessionNumber": "A-1", "studyInstanceUID": "1.2.3"}})
    assert [i["status"] for i in items] == ["refused"] * 4
    assert items[0]["reason"].startswith("notAvailable") and len({i["reason"] for i in items}) == 1
    assert not site.worklist("ito")


def test_a_reader_who_no_longer_reads_gets_nothing(make):
    site = make(readers=[reader("sato"), reader("ito"), reader("weber", to="2026-11-20")])
    site.bring()
    item = site.ask("weber", request())[0]
    assert item["status"] == "refused" and item["reason"].startswith("notAvailable")


def test_the_same_request_is_a_duplicate_and_another_one_of_its_id_is_refused(make):
    site = make()
    site.put("A-1")
    site.bring("A-2")
    assert site.ask("sato", request())[0]["status"] == "accepted"
    receipt = site.take_document("sato", "requests", "again.json", request())
    assert receipt["status"] == "duplicate" and receipt["items"][0]["status"] == "duplicate"
    changed = site.ask("sato", request("A-2"), name="other.json")[0]
    assert changed["status"] == "refused" and "R-1" in changed["reason"]
    twice = site.take_document("sato", "requests", "twice.json", [request(id="R-9"), request(id="R-9"), request("A-2", "R-9")])
    assert [i["status"] for i in twice["items"]] == ["accepted", "duplicate", "refused"] and twice["status"] == "partial"
    # Another party's ids are its own.
    assert site.ask("ito", request())[0]["status"] == "accepted"


def test_requests_as_csv(make):
    site = make()
    site.bring()
    content = b"purpose,id,accessionNumber,studyInstanceUID,prefer\r\nreading,R-1,A-1,,\r\nreading,R-2,NONE,,\r\nreading,,A-1,,\r\n"
    receipt = site.take_document("sato", "requests", "list.csv", content)
    assert receipt["status"] == "partial"
    assert [(i["index"], i["id"], i["status"]) for i in receipt["items"]] == [
        (0, "R-1", "accepted"), (1, "R-2", "refused"), (2, None, "refused")]
    refused = site.take_document("sato", "requests", "bad.csv", b"id,accession,purpose\r\nR-3,A-1,reading\r\n")
    assert refused["status"] in ("quarantined", "refused") and "accession" in refused["reason"]


def test_an_asked_for_packet_that_was_withdrawn_comes_again(make):
    site = make()
    site.bring()
    before = files(site.packet("sato"))
    site.ask("sato", request())
    assert files(site.packet("sato")) == before


@pytest.mark.parametrize("by", ["reader", "office"])
def test_whoever_is_asked_before_the_exam_is_whole_takes_nobodys_place(make, by):
    site = make(protocol(examComplete="10m", readers=["sato", "ito"], rule={"arbiter": None}))
    site.bring()
    if by == "reader":
        site.ask("sato", request(), at="2026-11-20T12:01:00Z")
        assert site.worklist("sato"), "what is there can be read"
    else:
        site.ask("office", assign("weber"), at="2026-11-20T12:01:00Z")
        assert site.worklist("weber")
    site.run_once("--as-of", "2026-11-20T12:30:00Z")
    assert site.worklist("sato") and site.worklist("ito")


def assign(*readers, accession="A-1", id="S-1", **more):
    return {"type": "assign", "id": id, "exam": {"facility": "northside", "accessionNumber": accession},
            "readers": list(readers), "reason": "holiday", **more}


def test_the_office_assigns_readers(make):
    site = make(protocol(readers=["sato", "ito"], rule={"arbiter": None}))
    site.bring()
    assert site.ask("office", assign("weber"))[0]["status"] == "accepted"
    assert site.worklist("weber") == ["northside_A-1"]
    assert site.read("weber", site.answer("weber", "recall"))[0]["status"] == "sealed"
    site.all_read({"sato": "normal", "ito": "normal"})
    assert site.notices()["northside_A-1.quorum-all.json"]["of"] == 3
    assert site.ask("office", assign("weber"), name="again.json")[0]["status"] == "duplicate"


@pytest.mark.parametrize("item, words", [
    (assign("nobody"), "nobody"), (assign("sato", accession="NONE"), "notAvailable"),
    (assign("sato", accession="CT"), "protocol"),
    ({"type": "result", "id": "Q-1", "exam": {"facility": "northside", "accessionNumber": "A-1"}}, "no result"),
])
def test_what_the_office_cannot_have(make, item, words):
    site = make(protocol(match={"modalities": ["MG"]}))
    site.put("CT", modality="CT")
    site.bring()
    answer = site.ask("office", item)[0]
    assert answer["status"] == "refused" and words in answer["reason"], answer


@pytest.mark.parametrize("party", ["sato", "northside"])
def test_orders_are_the_offices_alone(make, party):
    site = make()
    site.bring()
    items = site.ask(
        party, assign("ito"), {"type": "result", "id": "Q-1", "exam": {"facility": "northside", "accessionNumber": "A-1"}})
    assert [i["status"] for i in items] == ["refused", "refused"]


def test_the_office_has_a_result_published_again(make):
    site = make()
    site.bring()
    site.all_read({"sato": "recall", "ito": "recall", "weber": "normal"})
    site.consensus()
    folder = site.outbound("office", "results")
    before = {name: digest for name, digest in files(folder).items() if name.startswith("northside_A-1")}
    assert len(before) == 6
    for path in folder.iterdir():
        path.unlink()
    item = {"type": "result", "id": "Q-1", "exam": {"facility": "northside", "accessionNumber": "A-1"}}
    assert site.ask("office", item)[0]["status"] == "accepted"
    assert files(folder) == before
