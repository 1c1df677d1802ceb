// A diagnosis: from what was entered to the file that is dropped.
//
// Pure: the time is given. The file holds the fields of the contract and no others; what was not entered is left out.
(function (Filmroom) {
  "use strict";

  const two = (number) => String(Math.floor(Math.abs(number))).padStart(2, "0");

  /** An instant with the local offset, `2026-11-20T10:15:00+09:00`. */
  Filmroom.localInstant = function (date) {
    const offset = -date.getTimezoneOffset();
    return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
      + `T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
      + `${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
  };

  Filmroom.diagnosisFileName = (page) => `diagnosis.${page.exam.key}.json`;

  /** Nothing entered. A confidence is in percent; null means not given. */
  Filmroom.emptyDraft = () => ({ label: null, confidence: null, findings: [], text: "", retracts: "" });

  Filmroom.emptyFinding = () => ({ code: "", laterality: "", text: "", mark: null });

  /** What is wrong with a draft: `[{field, message}]`, in the order of the form. */
  Filmroom.problemsOf = function (draft) {
    const problems = [];
    if (!draft.label) problems.push({ field: "label", message: "Choose an assessment." });
    if (draft.confidence !== null && !(draft.confidence >= 0 && draft.confidence <= 100)) {
      problems.push({ field: "confidence", message: "The confidence is a number from 0 to 100." });
    }
    draft.findings.forEach((finding, index) => {
      if (finding.code.trim() || finding.laterality || finding.text.trim() || finding.mark) return;
      problems.push({ field: `finding-${index}`, message: `Finding ${index + 1} says nothing: fill it in or remove it.` });
    });
    if (draft.retracts.trim() && !/^[0-9a-f]{64}$/.test(draft.retracts.trim())) {
      problems.push({ field: "retracts", message: "The digest of an earlier read has 64 characters, 0–9 and a–f." });
    }
    return problems;
  };

  /** The file has no field for a frame, so that of a long image is told in words. */
  function textOf(finding) {
    const frame = finding.mark && finding.mark.frames > 1 ? `Frame ${finding.mark.frame + 1}.` : "";
    return [frame, finding.text.trim()].filter(Boolean).join(" ");
  }

  function findingOf(finding) {
    const mark = finding.mark ? { sopInstanceUID: finding.mark.sopInstanceUID, x: finding.mark.x, y: finding.mark.y } : {};
    const all = { code: finding.code.trim(), laterality: finding.laterality, ...mark, text: textOf(finding) };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
  }

  function examOf({ facility, accessionNumber, studyInstanceUID }) {
    return { facility, ...(accessionNumber ? { accessionNumber } : {}), studyInstanceUID };
  }

  /** The diagnosis of a draft without problems. */
  Filmroom.diagnosisOf = function (page, draft, now) {
    return {
      type: "diagnosis", reader: page.form.reader, exam: examOf(page.exam), label: draft.label,
      ...(draft.confidence === null ? {} : { confidence: Math.round(draft.confidence) / 100 }),
      findings: draft.findings.map(findingOf), text: draft.text.trim(), readAt: Filmroom.localInstant(now),
      round: page.form.round, packetVersion: page.form.packetVersion, retracts: draft.retracts.trim() || null,
    };
  };
})((window.Filmroom = window.Filmroom || {}));
