// The exam as stacks: what one pane shows at a time and is scrolled through.
//
// Pure. A slice series is one stack; a projection image (a mammogram, a chest film) and an image of several frames are
// stacks of their own. Nothing here knows of panes.
(function (Filmroom) {
  "use strict";

  const PROJECTIONS = new Set(["MG", "CR", "DX", "IO", "PX", "RG", "XC", "OP", "ES", "SM", "GM", "DOC"]);
  const IDENTITY = { slope: 1, intercept: 0, windows: [], tables: [], function: "LINEAR" };

  function greyOf(instance, frame) {
    return instance.grey[frame] || instance.grey[0] || IDENTITY;
  }

  /** How a frame can be shown: from `pixels`, from the `rendered` picture, or not at all (`none`). */
  function sourceOf(instance, frame) {
    if (instance.pixels.some((f) => frame >= f.firstFrame && frame < f.firstFrame + f.frameCount)) return "pixels";
    if (instance.rendered[frame]) return "rendered";
    return "none";
  }

  function itemsOf(instance) {
    const onlyOnePicture = !instance.pixels.length && instance.rendered.length <= 1;
    return Array.from({ length: onlyOnePicture ? 1 : instance.frames }, (_, frame) => ({
      id: `${instance.sopInstanceUID}#${frame}`, instance, frame, grey: greyOf(instance, frame),
      source: sourceOf(instance, frame), rendered: instance.rendered[frame] || null,
      thumbnail: instance.rendered[frame] || instance.rendered[0] || null,
    }));
  }

  const join = (parts, separator) => parts.filter(Boolean).join(separator);

  /** `R CC`, from the image, else from its series. */
  Filmroom.viewText = function (instance, series) {
    return join([instance.laterality || series.laterality, instance.viewPosition], " ");
  };

  function titleOf(series, items) {
    const view = items.length === 1 || items[0].instance.frames > 1 ? Filmroom.viewText(items[0].instance, series) : "";
    return view || series.description || join([series.modality, series.bodyPart], " ") || "Images";
  }

  function stackOf(exam, prior, series, items) {
    return {
      id: `${prior}|${items[0].id}`, exam, isPrior: prior > 0, prior, series, items, title: titleOf(series, items),
    };
  }

  function stacksOfSeries(exam, prior, series) {
    const isSingle = (instance) => PROJECTIONS.has(series.modality) || instance.frames > 1;
    const single = series.instances.filter(isSingle).map((instance) => itemsOf(instance));
    const together = series.instances.filter((instance) => !isSingle(instance)).flatMap((instance) => itemsOf(instance));
    const place = (items) => series.instances.indexOf(items[0].instance);
    return [...(together.length ? [together] : []), ...single].sort((a, b) => place(a) - place(b))
      .map((items) => stackOf(exam, prior, series, items));
  }

  /** The stacks of the page's exams: `[{exam, isPrior, stacks}]`, the current exam first. */
  Filmroom.stacksOf = function (page) {
    return [page.exam, ...page.priors].map((exam, prior) => ({
      exam, isPrior: prior > 0, stacks: exam.series.flatMap((series) => stacksOfSeries(exam, prior, series)),
    }));
  };

  function likeness(stack, other) {
    if (stack.series.modality !== other.series.modality) return 0;
    const [a, b] = [stack, other].map((s) => s.items[0].instance);
    const side = (s, instance) => instance.laterality || s.series.laterality || "";
    if (side(stack, a) !== side(other, b)) return 1;
    const isSameView = (a.viewPosition || "") === (b.viewPosition || "");
    const isSameName = (stack.series.description || "") === (other.series.description || "");
    return 2 + (isSameView ? 2 : 0) + (isSameName ? 1 : 0);
  }

  /** The stack of a prior exam that is most like a stack; the newer exam wins. Null without any. */
  Filmroom.priorOf = function (groups, stack) {
    let best = null, most = 0;
    for (const group of groups.filter((g) => g.isPrior)) {
      for (const other of group.stacks) {
        const value = likeness(stack, other);
        if (value > most) [best, most] = [other, value];
      }
    }
    return best;
  };

  /** To which side of its pane a fitting image goes: mammograms with the chest walls back to back. */
  Filmroom.alignmentOf = function (stack) {
    if (stack.series.modality !== "MG") return 0;
    return { R: 1, L: -1 }[stack.items[0].instance.laterality || stack.series.laterality] || 0;
  };

  const VIEW_ORDER = ["CC", "MLO", "ML", "LM"];

  /** The stacks in the order in which they are hung: mammograms by view, the right breast on the left. */
  Filmroom.hangingOrder = function (stacks) {
    if (!stacks.length || stacks.some((s) => s.series.modality !== "MG")) return stacks;
    const rank = (stack) => {
      const { laterality, viewPosition } = stack.items[0].instance;
      const view = VIEW_ORDER.indexOf(viewPosition);
      return (view < 0 ? VIEW_ORDER.length : view) * 2 + ((laterality || stack.series.laterality) === "L" ? 1 : 0);
    };
    return stacks.slice().sort((a, b) => rank(a) - rank(b));
  };

  const SPACING_NOTES = {
    PixelSpacing: "", ImagerPixelSpacing: "at detector", NominalScannedPixelSpacing: "on film",
  };

  /** A length between two points of an image: `{value, unit, note}`, in mm where the image says what a pixel measures. */
  Filmroom.lengthOf = function (instance, from, to) {
    const spacing = instance.spacing;
    const dx = (to.x - from.x) * (spacing ? spacing.column : 1), dy = (to.y - from.y) * (spacing ? spacing.row : 1);
    return { value: Math.hypot(dx, dy), unit: spacing ? "mm" : "px", note: spacing ? SPACING_NOTES[spacing.kind] || "" : "" };
  };

  Filmroom.lengthText = function (instance, from, to) {
    const { value, unit, note } = Filmroom.lengthOf(instance, from, to);
    return join([`${value.toFixed(unit === "mm" ? 1 : 0)} ${unit}`, note], " ");
  };

  /** How large a pixel is, and which attribute says so: two texts. */
  Filmroom.spacingTexts = function (instance) {
    if (!instance.spacing) return ["not calibrated", ""];
    const { kind, column } = instance.spacing;
    return [`${Number(column.toFixed(4))} mm/px`, kind];
  };
})((window.Filmroom = window.Filmroom || {}));
