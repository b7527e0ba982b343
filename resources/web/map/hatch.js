"use strict";

/* The patterns for areas about which nothing can be said, once in the page and referred to by the style: one for
   the map, whose lines move apart as one zooms in, so that a wide area is no darker than a small one; and a
   denser one for the legend, whose box would show a single line of the other. */
hp.Hatch = class {
  attach(view) {
    this.view = view;
    const svg = hp.svg("svg", { class: "definitions", width: 0, height: 0, "aria-hidden": "true" });
    const defs = hp.svg("defs");
    this.pattern = this.make("hatch", hp.Hatch.NARROWEST);
    defs.append(this.pattern, this.make("hatch-key", 6));
    svg.append(defs);
    view.leaflet.getContainer().appendChild(svg);
  }

  make(id, gap) {
    const pattern = hp.svg("pattern", { id, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    pattern.append(hp.svg("rect", { class: "hatch-ground" }), hp.svg("line", { class: "hatch-line", x1: 0.5, y1: 0, x2: 0.5 }));
    this.space(pattern, gap);
    return pattern;
  }

  space(pattern, gap) {
    const [ground, line] = pattern.children;
    for (const element of [pattern, ground]) {
      element.setAttribute("width", gap);
      element.setAttribute("height", gap);
    }
    line.setAttribute("y2", gap);
  }

  onGeography() {
    this.onZoom();
  }

  onZoom() {
    const steps = this.view.leaflet.getZoom() - hp.COMMUNITY_ZOOM;
    const { NARROWEST, WIDEST, PER_ZOOM } = hp.Hatch;
    this.space(this.pattern, Math.min(WIDEST, Math.max(NARROWEST, Math.round(NARROWEST + steps * PER_ZOOM))));
    // The areas are written at the scale of one zoom, and the pattern is scaled with them.
    const back = this.view.leaflet.getZoomScale(hp.PathSheet.ZOOM, this.view.leaflet.getZoom());
    this.pattern.setAttribute("patternTransform", `scale(${back}) rotate(45)`);
  }
};

/* Pixels between two lines. */
hp.Hatch.NARROWEST = 13;
hp.Hatch.WIDEST = 26;
hp.Hatch.PER_ZOOM = 6;
