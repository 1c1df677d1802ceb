// The diagnosis form, made from the protocol; and the file that it saves.
//
// Owns the draft, which lives in memory alone: the page asks before it is left with something unsaved. Never sends
// anything: the saved file is dropped by the reader.
(function (Filmroom) {
  "use strict";

  const { element } = Filmroom;

  function labelsOf(form, choose) {
    const note = form.ordered ? "From least to most severe." : "";
    return element("fieldset", { id: "label", "aria-describedby": "label-problem" },
      element("legend", {}, "Assessment", note ? element("span", { class: "hint" }, note) : null),
      element("div", { class: "labels" }, form.labels.map((label, index) => element("label", { class: "choice" },
        element("input", { type: "radio", name: "label", value: label, id: `label-${index}`, on: { change: () => choose(label) } }),
        element("span", {}, label)))),
      element("p", { class: "problem", id: "label-problem", hidden: true }));
  }

  class DiagnosisPanel {
    constructor(room) {
      this.room = room;
      this.page = room.page;
      this.draft = Filmroom.emptyDraft();
      this.isUnsaved = false;
      this.findings = new Filmroom.Findings(room, this.draft, () => this.#edited());
      this.summary = element("div", { class: "problems", role: "alert", tabindex: -1, hidden: true });
      this.saved = element("p", { class: "saved", role: "status" });
      this.form = element("form", { novalidate: true, autocomplete: "off", on: { submit: (event) => this.#save(event) } },
        element("div", { class: "fields" }, Filmroom.earlierReads(this.page),
          labelsOf(this.page.form, (label) => { this.draft.label = label; this.#edited(); }),
          this.#confidence(), this.findings.element, this.#text(), this.#correction()),
        element("div", { class: "save" }, this.summary,
          element("button", { type: "submit", class: "primary" }, "Save diagnosis"), this.saved));
      this.element = element("section", { class: "diagnosis", "aria-labelledby": "diagnosis-title" },
        this.#head(), this.form);
      window.addEventListener("beforeunload", (event) => { if (this.isUnsaved) event.preventDefault(); });
    }

    #head() {
      const { form } = this.page;
      const parts = [form.arbiter ? "Arbiter" : null, form.protocol, form.rounds > 1 ? `round ${form.round} of ${form.rounds}` : null];
      return element("header", {}, element("h2", { id: "diagnosis-title" }, "Diagnosis"),
        element("p", {}, element("strong", {}, form.readerName), ` ${parts.filter(Boolean).join(", ")}`));
    }

    #confidence() {
      const slider = element("input", { type: "range", min: 0, max: 100, step: 1, value: 50, "aria-label": "Confidence in percent", class: "unset" });
      const number = element("input", { type: "number", min: 0, max: 100, step: 1, id: "confidence", "aria-label": "Confidence in percent, as a number",
        "aria-describedby": "confidence-problem", placeholder: "–" });
      const take = (text, from) => {
        this.draft.confidence = text === "" ? null : Number(text);
        if (from !== slider && text !== "") slider.value = text;
        if (from !== number) number.value = text;
        slider.classList.toggle("unset", text === "");
        this.#edited();
      };
      slider.addEventListener("input", () => take(slider.value, slider));
      number.addEventListener("input", () => take(number.validity.badInput ? "NaN" : number.value, number));
      return element("fieldset", {}, element("legend", {}, "Confidence", element("span", { class: "hint" }, "Empty: not given.")),
        element("div", { class: "confidence" }, slider, number, element("span", { "aria-hidden": "true" }, "%")),
        element("p", { class: "problem", id: "confidence-problem", hidden: true }));
    }

    #text() {
      return element("div", { class: "field" }, element("label", { for: "diagnosis-text" }, "Text"),
        element("textarea", { id: "diagnosis-text", rows: 3, on: { input: (event) => { this.draft.text = event.target.value; this.#edited(); } } }));
    }

    #correction() {
      return element("details", {}, element("summary", {}, "Correct an earlier read"),
        element("div", { class: "field" }, element("label", { for: "retracts" }, "Digest of the read that this one replaces"),
          element("input", { type: "text", id: "retracts", spellcheck: "false", "aria-describedby": "retracts-hint",
            on: { input: (event) => { this.draft.retracts = event.target.value; this.#edited(); } } }),
          element("p", { class: "hint", id: "retracts-hint" }, "It is in the receipt of that read. Without it the newest read counts.")));
    }

    #edited() {
      this.isUnsaved = true;
      this.saved.textContent = "";
      if (!this.summary.hidden) this.#showProblems();
    }

    #showProblems() {
      const problems = Filmroom.problemsOf(this.draft);
      const fields = new Map(problems.map(({ field, message }) => [field, message]));
      for (const field of ["label", "confidence"]) {
        const place = document.getElementById(`${field}-problem`);
        place.textContent = fields.get(field) || "";
        place.hidden = !fields.has(field);
      }
      for (const id of ["confidence", "retracts"]) document.getElementById(id).setAttribute("aria-invalid", String(fields.has(id)));
      this.form.querySelectorAll("input[type=radio]").forEach((radio) => radio.setAttribute("aria-invalid", String(fields.has("label"))));
      this.summary.hidden = problems.length === 0;
      this.summary.replaceChildren(...(problems.length ? [element("p", {}, "Not saved:"),
        element("ul", {}, problems.map(({ field, message }) => element("li", {}, element("button",
          { type: "button", class: "link", on: { click: () => this.#goTo(field) } }, message))))] : []));
      return problems;
    }

    #goTo(field) {
      const place = document.getElementById(field);
      const details = place.closest("details");
      if (details) details.open = true;
      (place.matches("input") ? place : place.querySelector("input")).focus();
    }

    #save(event) {
      event.preventDefault();
      const problems = this.#showProblems();
      if (problems.length) return this.#goTo(problems[0].field);
      const diagnosis = Filmroom.diagnosisOf(this.page, this.draft, new Date());
      const name = Filmroom.diagnosisFileName(this.page);
      download(name, `${JSON.stringify(diagnosis, null, 2)}\n`);
      this.isUnsaved = false;
      this.saved.textContent = `${name} is saved, read at ${diagnosis.readAt.slice(11, 16)}. Put it into incoming/${this.page.form.reader}/diagnoses/.`;
    }

    focus() {
      (this.form.querySelector("input[type=radio]:checked") || this.form.querySelector("input[type=radio]")).focus();
    }
  }

  function download(name, text) {
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const link = element("a", { href: address, download: name, hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  Filmroom.DiagnosisPanel = DiagnosisPanel;
})((window.Filmroom = window.Filmroom || {}));
