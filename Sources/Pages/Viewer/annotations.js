// Measured lines and marks of findings: where they are, and how they are drawn over an image.
//
// Owns the lines, by image, in image coordinates; they live as long as the page. The marks belong to the diagnosis form.
// They are drawn on a canvas of their own, so that the image itself is never touched.
(function (Filmroom) {
  "use strict";

  const LINE = "#ffd866", MARK = "#7fd4ff", HALO = "rgba(0, 0, 0, 0.75)";

  class Annotations {
    constructor() {
      this.lines = new Map();
      /** Gives the marks of an image: `[{number, x, y}]`. The form sets it. */
      this.marksOf = () => [];
    }

    linesOf(id) {
      return this.lines.get(id) || [];
    }

    add(id, line) {
      this.lines.set(id, [...this.linesOf(id), line]);
    }

    /** Takes the newest line of an image away; says whether there was one. */
    removeLast(id) {
      const lines = this.linesOf(id);
      this.lines.set(id, lines.slice(0, -1));
      return lines.length > 0;
    }
  }

  function stroke(context, ratio, colour, path) {
    for (const [style, width] of [[HALO, 4], [colour, 1.5]]) {
      context.strokeStyle = style;
      context.lineWidth = width * ratio;
      context.beginPath();
      path();
      context.stroke();
    }
  }

  function label(context, ratio, text, x, y, colour) {
    context.font = `600 ${12 * ratio}px system-ui, sans-serif`;
    context.textBaseline = "middle";
    const room = context.measureText(text).width + 10 * ratio, height = 20 * ratio;
    const left = Math.min(Math.max(x, 2), context.canvas.width - room - 2);
    const top = Math.min(Math.max(y - height / 2, 2), context.canvas.height - height - 2);
    context.fillStyle = HALO;
    context.fillRect(left, top, room, height);
    context.fillStyle = colour;
    context.fillText(text, left + 5 * ratio, top + height / 2);
  }

  function drawLine(context, ratio, matrix, instance, line) {
    const from = Filmroom.toPane(matrix, line.from), to = Filmroom.toPane(matrix, line.to);
    stroke(context, ratio, LINE, () => {
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
      for (const end of [from, to]) {
        context.moveTo(end.x + 3 * ratio, end.y);
        context.arc(end.x, end.y, 3 * ratio, 0, 2 * Math.PI);
      }
    });
    const right = from.x > to.x ? from : to;
    label(context, ratio, Filmroom.lengthText(instance, line.from, line.to), right.x + 10 * ratio, right.y, LINE);
  }

  function drawMark(context, ratio, matrix, mark) {
    const { x, y } = Filmroom.toPane(matrix, mark);
    const radius = 11 * ratio;
    stroke(context, ratio, MARK, () => {
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    });
    label(context, ratio, String(mark.number), x + radius + 4 * ratio, y - radius, MARK);
  }

  function drawCrosshair(context, ratio, matrix, point) {
    const { x, y } = Filmroom.toPane(matrix, point);
    const gap = 5 * ratio, arm = 18 * ratio;
    stroke(context, ratio, MARK, () => {
      for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
        context.moveTo(x + dx * gap, y + dy * gap);
        context.lineTo(x + dx * arm, y + dy * arm);
      }
    });
  }

  /** Draws everything that belongs over a pane's image. `draft` is a line in the making, `crosshair` a point; or null. */
  Filmroom.drawAnnotations = function (canvas, ratio, matrix, item, annotations, { draft, crosshair }) {
    const context = canvas.getContext("2d");
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (!item) return;
    const lines = draft ? [...annotations.linesOf(item.id), draft] : annotations.linesOf(item.id);
    for (const line of lines) drawLine(context, ratio, matrix, item.instance, line);
    for (const mark of annotations.marksOf(item.id)) drawMark(context, ratio, matrix, mark);
    if (crosshair) drawCrosshair(context, ratio, matrix, crosshair);
  };

  Filmroom.Annotations = Annotations;
})((window.Filmroom = window.Filmroom || {}));
