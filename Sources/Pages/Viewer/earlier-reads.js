// What others found, for an arbiter whose protocol shows it.
//
// Shows text only. A page without earlier reads has nothing of this.
(function (Filmroom) {
  "use strict";

  const { element } = Filmroom;

  function findingText(finding) {
    const place = finding.x === undefined ? "" : `at ${finding.x}, ${finding.y}`;
    return [finding.code, finding.laterality, finding.text, place].filter(Boolean).join(" ");
  }

  /** What others found, where the protocol shows it; else null. */
  Filmroom.earlierReads = function (page) {
    if (!page.earlierReads.length) return null;
    return element("section", { class: "earlier", "aria-label": "Earlier reads" }, element("h3", {}, "Earlier reads"),
      page.earlierReads.map((read) => element("article", {},
        element("h4", {}, element("span", {}, read.readerName), element("span", { class: "read-label" },
          read.label, read.confidence === undefined ? "" : ` ${Math.round(read.confidence * 100)} %`)),
        read.text ? element("p", {}, read.text) : null,
        read.findings.length ? element("ul", {}, read.findings.map((finding) => element("li", {}, findingText(finding)))) : null)));
  };
})((window.Filmroom = window.Filmroom || {}));
