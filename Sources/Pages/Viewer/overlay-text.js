// What a pane's overlay says.
//
// Pure but for the overlay that it fills. Patient and exam on top, the image and its look at the bottom.
(function (Filmroom) {
  "use strict";

  const join = (parts, separator) => parts.filter(Boolean).join(separator);

  function fillTop(pane, patient) {
    const { exam, series, isPrior } = pane.stack;
    pane.overlay.setCorner("top-left", [
      [patient.name, "strong"], patient.patientID, [join([patient.birthDate, patient.sex], "  "), "minor"],
    ]);
    pane.overlay.setCorner("top-right", [
      [isPrior ? "Prior" : "", "prior-tag"], [exam.studyDate || "", "strong"], [exam.studyDescription || "", "minor"],
      [join([series.modality, series.description], "  "), "minor"],
    ]);
  }

  function fillBottom(pane, scale) {
    const { instance, frame } = pane.item;
    const { items, series } = pane.stack;
    const depth = Filmroom.depthOf(instance);
    pane.overlay.setCorner("bottom-left", [
      [pane.probe || "", "probe"], [depth === null ? "" : `Slice at ${depth.toFixed(1)} mm`, "minor"],
      ...Filmroom.spacingTexts(instance).map((text) => [text, "minor"]), [Filmroom.viewText(instance, series), "view"],
    ]);
    pane.overlay.setCorner("bottom-right", [
      [pane.voi ? Filmroom.windowText(pane.voi) : pane.picture.image ? "8-bit picture" : "", "numbers"],
      [pane.isInverted ? "inverted" : "", "minor"], [`Zoom ${Math.round(scale * 100)} %`, "numbers"],
      [`${instance.frames > 1 ? "Frame" : "Image"} ${instance.frames > 1 ? frame + 1 : pane.position + 1} / ${items.length}`, "numbers"],
    ]);
  }

  /** Says everything anew. */
  Filmroom.fillOverlay = function (pane) {
    const { overlay } = pane;
    const hasSize = pane.item && pane.width && pane.height;
    if (!hasSize) {
      for (const corner of Object.keys(overlay.corners)) overlay.setCorner(corner, []);
      overlay.setEdges(null);
      overlay.setScale(null);
      return;
    }
    const { instance } = pane.item;
    const [a, b] = pane.matrix;
    const scale = Math.hypot(a, b), ratio = window.devicePixelRatio || 1;
    fillTop(pane, pane.room.page.patient);
    fillBottom(pane, scale);
    overlay.setEdges(Filmroom.edgesOf(pane.view, instance));
    overlay.setSide(Filmroom.sideOf(pane.view));
    const note = instance.spacing ? Filmroom.lengthOf(instance, { x: 0, y: 0 }, { x: 0, y: 0 }).note : "";
    overlay.setScale(instance.spacing ? (instance.spacing.column / scale) * ratio : null, note, pane.width / ratio);
  };
})((window.Filmroom = window.Filmroom || {}));
