// Puts the page together from the data in it, and hands the keys to whom they belong.
(function (Filmroom) {
  "use strict";

  const { element } = Filmroom;
  const WARNING = "This is not a certified diagnostic display. Diagnose only on a display that your site has certified.";

  function headOf(page) {
    const { patient, exam } = page;
    const fact = (name, value, kind) => (value ? element("div", { class: kind || "fact" }, element("dt", {}, name), element("dd", {}, value)) : null);
    const modalities = Array.from(new Set(exam.series.map((series) => series.modality))).join(" ");
    return element("header", { class: "head" },
      element("h1", {}, patient.name || (page.delivery && page.delivery.deidentified ? "De-identified" : "Patient without a name")),
      element("dl", {}, fact("Patient ID", patient.patientID), fact("Born", patient.birthDate), fact("Sex", patient.sex),
        ...(page.chart ? [] : [fact("Exam", [modalities, exam.studyDescription].filter(Boolean).join(" "), "fact wide"), fact("Date", exam.studyDate),
        fact("Accession", exam.accessionNumber), fact("From", exam.facility)])));
  }

  function panelOf(room) {
    const { page } = room;
    if (page.form) return new Filmroom.DiagnosisPanel(room);
    if (page.chart) return new Filmroom.Chart(room);
    if (page.delivery) return Filmroom.deliveryPanel(page);
    if (page.kind !== "packet") return null;
    return {
      focus() {},
      element: element("section", { class: "diagnosis", "aria-label": "Diagnosis" },
        element("header", {}, element("h2", {}, "Diagnosis"), element("p", {}, "There is no right to enter a diagnosis here.")), Filmroom.earlierReads(page)),
    };
  }

  /** Whether a key belongs to what has the focus, and not to the images. */
  function isTyping(target) {
    return target.closest("form, dialog, select, textarea") !== null || (target.matches("input") && target.type !== "range");
  }

  function isOwnKey(target, key) {
    if (target.matches("button, summary") && (key === "Enter" || key === " ")) return true;
    return target.matches("input[type=range]") && /^(Arrow|Page|Home|End)/.test(key);
  }

  function handleKey(room, panel, event) {
    const { target } = event;
    if (event.defaultPrevented) return;
    if (event.key === "Escape" && panel && panel.findings && panel.findings.cancel()) return event.preventDefault();
    if (!(target instanceof Element) || isTyping(target) || isOwnKey(target, event.key) || !room.help.areKeysOn) return;
    if (Filmroom.runKey(room, event)) event.preventDefault();
  }

  function open(page) {
    const room = new Filmroom.Room(page);
    const toolbar = new Filmroom.Toolbar(room);
    const thumbnails = new Filmroom.Thumbnails(room);
    const panel = panelOf(room);
    room.help = new Filmroom.Help();
    room.goToThumbnails = () => thumbnails.focus();
    room.goToForm = panel ? () => panel.focus() : null;
    document.getElementById("filmroom").append(
      element("a", { href: "#images", class: "skip", on: { click: (event) => { event.preventDefault(); room.active.surface.focus(); } } }, "To the images"),
      headOf(page), page.isCertifiedDisplay ? "" : element("p", { class: "warning", role: "note" }, WARNING), toolbar.element,
      element("div", { class: `work${panel ? "" : " without-form"}` }, thumbnails.element,
        element("main", { id: "images" }, room.element), panel ? panel.element : ""),
      element("p", { id: "pane-keys", class: "visually-hidden" }, "Up and down go through the images; question mark shows all keys."),
      room.help.element, Filmroom.liveRegion);
    room.panes.forEach((pane) => Filmroom.bindPointer(room, pane));
    document.addEventListener("keydown", (event) => handleKey(room, panel, event));
    room.open();
    if (page.chart) panel.goTo(location.hash);
    return room;
  }

  Filmroom.room = open(JSON.parse(document.getElementById("filmroom-page").textContent));
})((window.Filmroom = window.Filmroom || {}));
