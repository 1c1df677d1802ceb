"""What lies in a packet, what must never lie there, and what becomes of reading when the catalogue is made anew."""

import json
import shutil
from pathlib import Path

import pydicom
import pydicom.data
import pytest

import bundles
import pixel_files
from dicom_files import dicom_bytes, uid
from reading_parties import AFTER, NOON, ReadingSite, canonical, check_sum, files, protocol, reader
from site_under_test import sha256

THREE = ("sato", "ito", "weber")
ONE = protocol(readers=["sato"], quorum=1, rule={"arbiter": None})
PYDICOM = Path(pydicom.data.__file__).parent / "data" / "test_files"
if not PYDICOM.is_dir():
    PYDICOM = Path(pydicom.data.__file__).parent / "test_files"


@pytest.fixture
def make(tmp_path):
    numbers = iter(range(100))
    return lambda *protocols, **options: ReadingSite(tmp_path / f"site{next(numbers)}", *protocols, **options)


# What lies in a packet

def test_a_packet_is_whole_and_its_images_are_those_that_came(make):
    site = make()
    site.put("OLD", study_date="20240101")
    site.bring(count=3)
    packet = site.packet("sato")
    check_sum(packet)
    exam = site.exam_json("sato")
    assert (exam["facility"], exam["accessionNumber"], exam["patientID"]) == ("northside", "A-1", "P-1")
    assert exam["studyInstanceUID"] == uid("study", "A-1") and exam["labels"] == ["normal", "benign", "recall"]
    instances = exam["series"][0]["instances"]
    assert exam["series"][0]["modality"] == "MG" and len(instances) == 3
    sent = {uid("sop", uid("study", "A-1"), "1", n): dicom_bytes("A-1", number=n, rows=32, columns=32) for n in (1, 2, 3)}
    for instance in instances:
        content = (packet / instance["image"]).read_bytes()
        assert content == sent[instance["sopInstanceUID"]] and instance["sha256"] == sha256(content)
        assert (packet / instance["rendered"]).read_bytes().startswith(b"\x89PNG\r\n\x1a\n") and instance["frames"] == 1
    assert (packet / "index.html").is_file() and len(list((packet / "pixels").glob("*.js"))) == 3
    prior = exam["priors"][0]["series"][0]["instances"][0]
    assert (packet / prior["image"]).read_bytes() == dicom_bytes("OLD", rows=32, columns=32, study_date="20240101")
    template = site.template("sato")
    assert template["exam"] == {"facility": "northside", "accessionNumber": "A-1", "studyInstanceUID": exam["studyInstanceUID"]}
    assert (template["label"], template["readAt"], template["round"], template["packetVersion"]) == (None, None, 1, 1)


def test_packets_of_one_exam_differ_in_their_reader_alone(make):
    site = make()
    site.bring(count=2)
    one, other = files(site.packet("sato")), files(site.packet("ito"))
    assert one.keys() == other.keys()
    assert {n for n in one if one[n] != other[n]} == {"diagnosis-template.json", "index.html", "SHA256SUMS"}


def test_a_packet_that_is_published_again_is_the_same_to_the_byte(make, tmp_path):
    site = make()
    site.put("OLD", study_date="20240101")
    site.bring(count=2)
    before = files(site.packet("sato"))
    shutil.rmtree(site.packet("sato"))
    request = {"type": "request", "id": "R-1", "exam": {"accessionNumber": "A-1"}, "purpose": "reading"}
    assert site.ask("sato", request, at="2026-12-01T12:00:00Z")[0]["status"] == "accepted"
    assert files(site.packet("sato")) == before


def test_real_files_of_every_kind(make, tmp_path):
    names = ["CT_small.dcm", "MR_small_RLE.dcm", "MR_small_jp2klossless.dcm", "JPEG2000.dcm", "SC_rgb_rle_2frame.dcm",
             "SC_rgb_jpeg_dcmtk.dcm", "examples_palette.dcm", "examples_ybr_color.dcm"]
    contents = {name: (PYDICOM / name).read_bytes() for name in names if (PYDICOM / name).exists()}
    assert len(contents) > 5
    site = make(ONE)
    seen, sent = {}, {}
    for name in contents:
        # Some are one image in several syntaxes: they come from different facilities.
        image = pydicom.dcmread(PYDICOM / name, stop_before_pixels=True).SOPInstanceUID
        seen.setdefault(image, []).append(name)
    for number, party in enumerate(("northside", "southside")):
        some = {names[number]: contents[names[number]] for names in seen.values() if len(names) > number}
        sent.update(some)
        site.drop(bundles.make_tar(tmp_path, f"{party}.tar", some), party)
    site.run_once("--as-of", NOON, seconds=120)
    shown = {}
    for key in site.worklist("sato"):
        packet = site.packet("sato", key)
        check_sum(packet)
        for series in site.exam_json("sato", key)["series"]:
            for instance in series["instances"]:
                shown[sha256((packet / instance["image"]).read_bytes())] = instance
                assert instance["unrenderable"] is None, instance
                assert (packet / instance["rendered"]).is_file()
    assert shown.keys() == {sha256(c) for c in sent.values()}
    for name, content in sent.items():
        frames = int(pydicom.dcmread(PYDICOM / name).get("NumberOfFrames", 1))
        assert shown[sha256(content)]["frames"] == frames, name


def test_an_enhanced_multi_frame_image(make, data):
    path = data / "dicom/dicom2nifti/siemens_multiframe/anatomical/001/IM-0001-0001-0001.dcm"
    if not path.exists():
        pytest.skip("the data set is not there")
    site = make(ONE)
    site.drop_file("enhanced.dcm", path.read_bytes())
    site.run_once("--as-of", NOON, seconds=120)
    key = site.worklist("sato")[0]
    instance = site.exam_json("sato", key)["series"][0]["instances"][0]
    assert instance["frames"] == int(pydicom.dcmread(path, stop_before_pixels=True).NumberOfFrames)
    assert instance["unrenderable"] is None and list((site.packet("sato", key) / "pixels").iterdir())


def test_a_mammogram(make, tmp_path):
    site = make(ONE)
    mammogram = pixel_files.mammogram()
    mammogram.AccessionNumber, mammogram.Modality, mammogram.StudyInstanceUID = "A-1", "MG", "1.2.3"
    mammogram.SeriesInstanceUID, mammogram.PatientID = "1.2.3.4", "P-1"
    pixel_files.save(mammogram, tmp_path / "mammogram.dcm")
    site.drop(tmp_path / "mammogram.dcm")
    site.run_once("--as-of", NOON)
    instance = site.exam_json("sato")["series"][0]["instances"][0]
    assert instance["rendered"] and (site.packet("sato") / instance["rendered"]).stat().st_size > 100_000


def test_what_cannot_be_shown_is_said_and_costs_nothing_else(make):
    site = make(ONE)
    site.put(count=1)
    for number, change in {2: {"PixelData": b"\0\0" * 10}, 3: {"PixelData": None}, 4: {"PhotometricInterpretation": "MARTIAN"}}.items():
        site.put(first=number, **change)
    site.run_once("--as-of", NOON)
    instances = sorted(site.exam_json("sato")["series"][0]["instances"], key=lambda i: i["image"])
    shown = {i["sopInstanceUID"]: i for i in instances}
    assert len(shown) == 4
    for number in (1, 2, 3, 4):
        instance = shown[uid("sop", uid("study", "A-1"), "1", number)]
        assert (site.packet("sato") / instance["image"]).is_file()
        assert (instance["rendered"] is None) == bool(instance["unrenderable"]) == (number in (3, 4) or instance["rendered"] is None)
        if number in (1, 3):
            assert bool(instance["rendered"]) == (number == 1), instance
    check_sum(site.packet("sato"))


# What must never lie there

def traces(site, reader, words):
    """Files of a reader's outbound folder in which any of the words stands, by content or by name."""
    found = []
    for path in site.root.joinpath("spool/outbound", reader).rglob("*"):
        text = path.read_bytes() if path.is_file() else b""
        found += [(str(path), word) for word in words if word.encode() in text or word in path.name]
    return found


def words_of(who, answers):
    """What would tell of a reader's answers: digests, words, marks; and the reader."""
    return [who, f"Dr {who}", f"{who.upper()}^X"] + [w for a in answers for w in (canonical(a), a["text"], a["findings"][0]["text"], a["readAt"])]


@pytest.mark.parametrize("sees", ["nothing", "reads"])
def test_no_reader_has_a_trace_of_another(make, sees):
    readers = [reader(r) for r in ("sato", "ito", "weber", "zorn")]
    arbitration = {"kind": "majority", "positive": None, "threshold": None, "arbiter": "zorn", "arbiterSees": sees}
    site = make(protocol(rounds=2, readers=["sato", "ito"], rule=arbitration), readers=readers)
    site.bring(count=2)
    said = {who: [] for who in ("sato", "ito")}
    for round, minute in ((1, 11), (2, 31)):
        for who, label in (("sato", "recall"), ("ito", "normal")):
            answer = site.answer(
                who, label, at=f"2026-11-20T12:{minute}:{'07' if who == 'sato' else '23'}Z", confidence=0.625,
                text=f"words-of-{who}-{round}", findings=[{"code": "MASS", "text": f"mark-of-{who}-{round}", "x": 3, "y": 4}])
            said[who].append(answer)
            site.say(who, answer, name=f"round{round}.json")
            if who == "sato":
                # A packet that is made anew while one has answered and the other has not.
                site.put(first=10 + round)
            site.run_once("--as-of", AFTER)
        for who, other in (("sato", "ito"), ("ito", "sato")):
            assert traces(site, who, words_of(other, said[other])) == []
    assert site.consensus()[0][2] == "escalated"
    found = traces(site, "zorn", words_of("sato", said["sato"]) + words_of("ito", said["ito"]))
    if sees == "nothing":
        assert found == []
    else:
        page = (site.packet("zorn") / "index.html").read_text()
        for who in ("sato", "ito"):
            assert f"words-of-{who}-2" in page and f"mark-of-{who}-2" in page and f"Dr {who}" in page
    for who, other in (("sato", "ito"), ("ito", "sato")):
        assert traces(site, who, words_of(other, said[other])) == []
    assert site.read("zorn", site.answer("zorn", "recall", at="2026-11-20T12:50:00Z"))[0]["status"] == "sealed"
    # Nor has a facility's folder a packet, a read or a receipt of them.
    assert not site.outbound("northside", "worklists").exists() or not list(site.outbound("northside", "worklists").iterdir())


def test_no_reader_drops_for_another(make):
    site = make()
    site.bring()
    answer = site.answer("ito", "recall")
    assert site.read("sato", answer)[0]["status"] == "refused"
    site.all_read({"weber": "normal"})
    assert site.consensus() == []


# The story

def test_the_story_of_an_exam_and_of_a_read(make):
    site = make(protocol(rule={"kind": "majority", "arbiter": None}))
    site.bring()
    answer = site.answer("sato", "recall")
    site.say("sato", answer)
    site.say("ito", site.answer("ito", "recall", text="of ito"))
    site.run_once("--as-of", AFTER)
    site.consensus("2026-11-20T14:00:00Z")
    story = site.json("explain", "northside_A-1")["events"]
    kinds = [e["what"] for e in story if e["what"] != "published"]
    for kind, count in {"instancesStored": 1, "packetMade": 1, "examAssigned": 3, "readSealed": 2, "quorumReached": 1, "determined": 1}.items():
        assert kinds.count(kind) == count, (kind, kinds)
    order = [kinds.index(k) for k in ("instancesStored", "packetMade", "examAssigned", "readSealed", "quorumReached", "determined")]
    assert order[0] < min(order[1:3]) and max(order[1:3]) < order[3] < order[4] < order[5]
    published = [e["detail"] for e in story if e["what"] == "published"]
    for place in ("sato/worklists/northside_A-1", "office/notices/northside_A-1.quorum-2.json", "northside/results/northside_A-1.v1.html"):
        assert place in published
    for name in (canonical(answer), canonical(answer)[:10]):
        read = site.json("explain", name)
        assert [s["type"] for s in read["subjects"]] == ["read"]
        assert read["subjects"][0]["reader"] == "sato" and read["subjects"][0]["exam"] == "northside_A-1"
        what = [e["what"] for e in read["events"]]
        assert what.count("readSealed") == 1 and what.count("examAssigned") == 1 and "determined" in what
        assert what.index("examAssigned") < what.index("readSealed") < what.index("determined")
    site.ask("sato", {"type": "request", "id": "R-77", "exam": {"accessionNumber": "A-1"}, "purpose": "reading"})
    assert [s["kind"] for s in site.json("explain", "R-77")["subjects"]] == ["requests"]


# The catalogue anew

@pytest.fixture
def read_through(make):
    """Exams with everything that reading makes: versions, priors, a tie, a waiting read, a request."""
    site = make(protocol(rule={"kind": "majority", "positive": None, "threshold": None, "arbiter": "weber"}, readers=["sato", "ito"]))
    site.put("OLD", study_date="20240101")
    site.bring()
    site.all_read({"sato": "recall", "ito": "normal"})
    site.consensus()
    site.put(first=2)
    site.run_once("--as-of", AFTER)
    early = {"type": "diagnosis", "exam": {"facility": "northside", "accessionNumber": "A-7"}, "label": "recall", "readAt": "2026-11-20T12:10:00Z"}
    site.say("ito", early, name="early.json")
    site.ask("ito", {"type": "request", "id": "R-1", "exam": {"accessionNumber": "OLD"}, "purpose": "reading"})
    return site


def story(site):
    events = site.json("explain", "northside_A-1")["events"]
    return sorted((e["at"], e["what"], e.get("drop"), e.get("detail")) for e in events if e["what"] != "catalogRebuilt" and not e["what"].startswith("instances"))


def test_rebuild_keeps_what_reading_made(read_through):
    site = read_through
    outbound = files(site.root / "spool" / "outbound")
    before = story(site)
    made = site.json("rebuild")
    assert made["findings"] == []
    assert story(site) == before
    site.run_once("--as-of", AFTER)
    assert site.consensus() == []
    after = files(site.root / "spool" / "outbound")
    assert {k: v for k, v in after.items() if "readers." not in k} == {k: v for k, v in outbound.items() if "readers." not in k}
    # And goes on where it was.
    first = site.receipt("northside_A-1.10.json", "sato")["reads"][0]
    assert site.json("explain", first["digest"])["subjects"][0]["status"] == "sealed"
    site.read("weber", site.answer("weber", "recall", at="2026-11-20T12:50:00Z"))
    assert site.consensus("2026-11-20T15:00:00Z") == [("northside_A-1", 2, "recall")]
    assert site.ask("ito", {"type": "request", "id": "R-1", "exam": {"accessionNumber": "OLD"}, "purpose": "reading"}, name="again.json")[0]["status"] == "duplicate"
    site.bring("A-7", at="2026-11-20T15:00:00Z")
    assert site.receipt("early.json", "ito")["reads"][0]["status"] == "sealed"
    site.put(first=3)
    site.run_once("--as-of", "2026-11-20T16:00:00Z")
    assert site.exam_json("sato")["packetVersion"] == 3
    assert site.command("verify").code == 0
    # A second one as well.
    assert site.json("rebuild")["findings"] == []


def test_rebuild_says_what_it_could_not_keep(read_through):
    site = read_through
    for pack in (site.root / "archive").rglob("*.tar"):
        if uid("study", "A-1") in str(pack) or json.dumps("northside_A-1") in pack.read_bytes()[:4096].decode("latin-1"):
            pack.unlink()
    made = site.json("rebuild", code=2)
    assert "northside_A-1" in [f["exam"] for f in made["findings"]], made["findings"]
    assert "northside_A-1" in site.command("rebuild", code=None).text


def test_without_the_old_catalogue_lost_reads_are_named(read_through):
    site = read_through
    for path in (site.root / "archive").glob("catalog.sqlite*"):
        path.write_bytes(b"no database " * 1000)
    outcome = site.command("rebuild", code=2)
    assert "early.json" in outcome.output and "northside_A-1.10.json" in outcome.output
    assert "cannot be read" in outcome.errors
    site.run_once("--as-of", AFTER)
    # The packets come anew, and the readers may say it again.
    assert site.worklist("sato") == ["northside_A-1", "northside_OLD"]
    answer = site.answer("sato", "recall")
    assert site.read("sato", answer, name="again.json")[0]["status"] == "sealed"


def test_status_tells_what_is_still_to_be_published(site, tmp_path):
    """A packet that cannot be made now: its images' tier is away."""
    site.configure("reading", {"protocols": [{
        "id": "screening", "match": {"modalities": ["MG"]}, "labels": ["normal", "recall"], "readers": ["sato"],
        "examComplete": "10m", "rule": {"kind": "majority"}}]})
    site.take_file("one.dcm", dicom_bytes("A-1"))
    marker = site.root / "archive" / "fast" / ".filmroom-tier"
    aside = marker.rename(tmp_path / "aside")
    later = ["--as-of", "2027-01-01T00:00:00Z"]
    site.run_once(*later, code=None)
    status = site.command("status", "--json").json()
    assert [place["path"] for place in status["toPublish"]] == ["sato/worklists/northside_A-1"]
    assert "mount its disk" in status["toPublish"][0]["error"] and status["toPublish"][0]["attempts"] == 1
    assert "to publish\tsato/worklists/northside_A-1" in site.command("status").output
    aside.rename(marker)
    site.run_once("--as-of", "2027-01-01T01:00:00Z")
    assert (site.outbound("sato", "worklists") / "northside_A-1" / "index.html").exists()
    assert site.command("status", "--json").json()["toPublish"] == []
