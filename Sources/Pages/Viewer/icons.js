// The toolbar's pictures: paths on a field of 24 × 24, drawn as lines.
(function (Filmroom) {
  "use strict";

  Filmroom.ICONS = {
    window: ["M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z", "M12 4v16", "M12 8h6.9M12 12h8M12 16h6.9"],
    pan: ["M12 3v18M3 12h18", "M9 6l3-3 3 3M9 18l3 3 3-3M6 9l-3 3 3 3M18 9l3 3-3 3"],
    zoom: ["M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z", "M15.5 15.5L21 21", "M10.5 7.5v6M7.5 10.5h6"],
    scroll: ["M5 8h14v10H5z", "M7 5h10M9 2.5h6", "M12 10.5v5M10 13.5l2 2 2-2"],
    measure: ["M3 16L16 3l5 5L8 21z", "M6.5 12.5l2 2M9.5 9.5l2.5 2.5M12.5 6.5l2 2"],
    invert: ["M4 4h16v16H4z", "M4 20L20 4", "M10 17h6M13 14v6"],
    "flip-h": ["M12 3v18", "M9 7l-6 10h6zM15 7l6 10h-6z"],
    "flip-v": ["M3 12h18", "M7 9l10-6v6zM7 15l10 6v-6z"],
    rotate: ["M19 12a7 7 0 1 1-2.5-5.4", "M19.5 3v4.5H15"],
    fit: ["M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5"],
    "full-size": ["M6 8l2-1.5V18M16 8l2-1.5V18M12 9.5v.5M12 14v.5"],
    reset: ["M5 12a7 7 0 1 0 2.5-5.4", "M4.5 3v4.5H9"],
    link: ["M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3L12 6.3", "M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.700l1-1"],
    compare: ["M4 5h7v14H4zM13 5h7v14h-7z", "M16.5 9v3l2 1.5"],
    text: ["M5 6V4.500h14V6M12 4.500v15M9.5 19.500h5"],
    play: ["M8 5l11 7-11 7z"],
    help: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z", "M9.5 9.500a2.5 2.5 0 1 1 3.5 2.300c-.8.4-1 .9-1 1.700M12 16.500v.5"],
    "layout-1": ["M4 5h16v14H4z"],
    "layout-2": ["M4 5h16v14H4z", "M12 5v14"],
    "layout-3": ["M4 5h16v14H4z", "M9.3 5v14M14.7 5v14"],
    "layout-4": ["M4 5h16v14H4z", "M8 5v14M12 5v14M16 5v14"],
    "layout-2x2": ["M4 5h16v14H4z", "M12 5v14M4 12h16"],
  };
})((window.Filmroom = window.Filmroom || {}));
