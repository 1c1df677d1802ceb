// What a delivery is: under which right it was given and until when, what could not be given, and the reports.
//
// Shows text, and links to the files beside the page.
(function (Filmroom) {
  "use strict";

  const { element } = Filmroom;

  const pathOf = (path) => path.split("/").map(encodeURIComponent).join("/");
  const timeText = (instant) => instant.slice(0, 16).replace("T", " ");

  function densityText({ pixelDensity }) {
    return Number(pixelDensity) === 1 ? "As stored" : `${Number((100 * pixelDensity).toFixed(2))} % of rows and columns`;
  }

  function factsOf(note) {
    const fact = (name, value) => (value ? element("div", {}, element("dt", {}, name), element("dd", {}, value)) : null);
    return element("dl", { class: "rights" }, fact("Purpose", note.purpose), fact("Request", note.request),
      fact("Kinds", note.kinds.join(" ")), fact("Pixels", densityText(note)),
      fact("Grey values", note.imageProcessing ? "As stored: window and level are yours" : "Rendered pictures only"),
      fact("Patient", note.deidentified ? "De-identified" : ""), fact("Given", timeText(note.releasedAt)),
      fact("Until", note.until ? timeText(note.until) : ""));
  }

  function reportOf(report) {
    const state = `${report.status}${report.version > 1 ? `, version ${report.version}` : ""}`;
    const article = element("article", { class: report.isSuperseded ? "superseded" : "" },
      element("h4", {}, element("span", {}, report.author), element("span", { class: "read-label" }, state)),
      element("p", { class: "when" }, timeText(report.receivedAt), report.isSuperseded ? " · a newer version takes its place" : ""),
      report.text ? element("p", { class: "report-text" }, report.text) : null,
      report.files.length ? element("p", {}, report.files.map((file) => element("a", { href: pathOf(file) }, file.split("/").pop()))) : null);
    return article;
  }

  Filmroom.reportOf = reportOf;

  /** The panel beside the images of a delivery. */
  Filmroom.deliveryPanel = function (page) {
    const note = page.delivery;
    const body = element("div", { class: "fields earlier", tabindex: "0" }, factsOf(note),
      note.leftOut.length ? element("section", {}, element("h3", {}, "Not given"),
        element("ul", {}, note.leftOut.map((text) => element("li", {}, text)))) : null,
      element("section", { "aria-label": "Reports" }, element("h3", {}, "Reports"),
        note.reports.length ? note.reports.map(reportOf) : element("p", {}, "None came along.")));
    return {
      focus() { body.focus(); },
      element: element("section", { class: "diagnosis delivery", "aria-label": "Delivery" },
        element("header", {}, element("h2", {}, "Delivery")), body),
    };
  };
})((window.Filmroom = window.Filmroom || {}));
