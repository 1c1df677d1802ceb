// How an image lies in a pane: scale, place, turn and mirror, there and back.
//
// Pure. Image coordinates are in pixels from the upper left corner of the upper left pixel; pane coordinates in device
// pixels. Mirrors act on what is seen, after the turn.
(function (Filmroom) {
  "use strict";

  /** A view that fits the pane. `align` says to which side a fitting image goes: −1 left, 0 the middle, 1 right. */
  Filmroom.fittingView = function (align) {
    return { isFit: true, align: align || 0, scale: 1, panX: 0, panY: 0, rotation: 0, flipH: false, flipV: false };
  };

  /** The same sight by scale and place, so that it can be moved from there. */
  Filmroom.loosened = function (view, instance, width, height) {
    if (!view.isFit) return view;
    const scale = Filmroom.fitScale(view, instance, width, height);
    return { ...view, isFit: false, scale, panX: view.panX + alignment(view, instance, width, scale) };
  };

  /** To which side a view leans, as it is seen: −1 left, 1 right; a turned or a moved one does not lean. */
  Filmroom.sideOf = function (view) {
    if (!view.isFit || view.rotation % 180 !== 0) return 0;
    return view.flipH !== (view.rotation === 180) ? -view.align : view.align;
  };

  /** How far from the middle a fitting image lies. */
  function alignment(view, instance, width, scale) {
    return (Filmroom.sideOf(view) * (width - scale * instance.columns)) / 2;
  }

  /** Height of a pixel over its width. */
  Filmroom.aspectOf = function (instance) {
    return instance.spacing && instance.spacing.column > 0 ? instance.spacing.row / instance.spacing.column : 1;
  };

  /** The scale at which an image just fits a pane. */
  Filmroom.fitScale = function (view, instance, width, height) {
    const w = instance.columns, h = instance.rows * Filmroom.aspectOf(instance);
    const [across, down] = view.rotation % 180 === 0 ? [w, h] : [h, w];
    return Math.max(1e-6, Math.min(width / across, height / down));
  };

  /** From image to pane: `[a, b, c, d, e, f]` as the canvas takes it. */
  Filmroom.matrixOf = function (view, instance, width, height) {
    const { scale, panX, panY } = Filmroom.loosened(view, instance, width, height);
    const [cos, sin] = { 0: [1, 0], 90: [0, 1], 180: [-1, 0], 270: [0, -1] }[view.rotation];
    const mirrorX = view.flipH ? -1 : 1, mirrorY = view.flipV ? -1 : 1;
    const sx = scale, sy = scale * Filmroom.aspectOf(instance);
    const a = mirrorX * cos * sx, b = mirrorY * sin * sx, c = -mirrorX * sin * sy, d = mirrorY * cos * sy;
    let e = width / 2 + panX - (a * instance.columns + c * instance.rows) / 2;
    let f = height / 2 + panY - (b * instance.columns + d * instance.rows) / 2;
    if (Number.isInteger(sx) && sx === sy) [e, f] = [Math.round(e), Math.round(f)];
    return [a, b, c, d, e, f];
  };

  Filmroom.toPane = function ([a, b, c, d, e, f], { x, y }) {
    return { x: a * x + c * y + e, y: b * x + d * y + f };
  };

  Filmroom.toImage = function ([a, b, c, d, e, f], { x, y }) {
    const determinant = a * d - b * c;
    return { x: (d * (x - e) - c * (y - f)) / determinant, y: (a * (y - f) - b * (x - e)) / determinant };
  };

  /** The view after a change of scale that leaves one point of the pane where it is. */
  Filmroom.zoomed = function (view, instance, width, height, factor, at) {
    const before = Filmroom.loosened(view, instance, width, height);
    const scale = Math.min(Math.max(before.scale * factor, 0.01), 64);
    const real = scale / before.scale;
    const dx = at.x - width / 2, dy = at.y - height / 2;
    return { ...before, scale, panX: dx - (dx - before.panX) * real, panY: dy - (dy - before.panY) * real };
  };

  /** The view after a quarter turn of what is seen. */
  Filmroom.turned = function (view, quarter) {
    const isMirrored = view.flipH !== view.flipV;
    const rotation = (view.rotation + (isMirrored ? -quarter : quarter) + 360) % 360;
    const [panX, panY] = quarter > 0 ? [-view.panY, view.panX] : [view.panY, -view.panX];
    return { ...view, rotation, panX, panY };
  };

  const OPPOSITES = { A: "P", P: "A", L: "R", R: "L", H: "F", F: "H" };
  const opposite = (letters) => Array.from(letters, (letter) => OPPOSITES[letter] || letter).join("");

  function lettersOf(cosines) {
    const names = [["L", "R"], ["P", "A"], ["H", "F"]];
    return cosines.map((value, axis) => ({ size: Math.abs(value), letter: names[axis][value > 0 ? 0 : 1] }))
      .filter(({ size }) => size > 0.3).sort((p, q) => q.size - p.size).slice(0, 2).map(({ letter }) => letter).join("");
  }

  /**
   * The patient's directions at the edges of a view: `{left, right, top, bottom}`; null when the image does not say.
   *
   * DICOM PS3.3 sections C.7.6.1.1.1 and C.7.6.2.1.1.
   */
  Filmroom.edgesOf = function (view, instance) {
    const { patientOrientation: given, orientation } = instance;
    const along = given && given.length === 2 ? given
      : orientation && orientation.length === 6 ? [lettersOf(orientation.slice(0, 3)), lettersOf(orientation.slice(3))] : null;
    if (!along || !along[0] || !along[1]) return null;
    let edges = [along[0], along[1], opposite(along[0]), opposite(along[1])];
    for (let turn = 0; turn < view.rotation; turn += 90) edges = [edges[3], edges[0], edges[1], edges[2]];
    let [right, bottom, left, top] = edges;
    if (view.flipH) [left, right] = [right, left];
    if (view.flipV) [top, bottom] = [bottom, top];
    return { left, right, top, bottom };
  };

  /** Where an image lies along the normal of its slices, in mm; null when it does not say. */
  Filmroom.depthOf = function ({ orientation: o, position: p }) {
    if (!o || o.length !== 6 || !p || p.length !== 3) return null;
    const normal = [o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3]];
    return p[0] * normal[0] + p[1] * normal[1] + p[2] * normal[2];
  };
})((window.Filmroom = window.Filmroom || {}));
