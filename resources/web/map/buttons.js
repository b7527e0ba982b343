"use strict";

/* Zoom in, zoom out, whole district, areas of projects on and off. */
hp.Buttons = class {
  /* options: zoomIn, zoomOut, home, areas: accessible names */
  constructor(options) {
    this.options = options;
  }

  attach(view) {
    this.view = view;
    this.box = hp.element("div", "panel buttons");
    this.zoomIn = this.button("M8 3v10M3 8h10", this.options.zoomIn, () => view.leaflet.zoomIn());
    this.zoomOut = this.button("M3 8h10", this.options.zoomOut, () => view.leaflet.zoomOut());
    this.home = this.button("M2.5 8 8 3l5.5 5M4.5 7v6h7V7", this.options.home, () => view.fit(null));
    this.areas = this.button("M3 4.5 8 3l5 3-1 6-6 1-3.5-3.5z", this.options.areas, () => this.switchAreas());
    this.areas.setAttribute("aria-pressed", "false");
    this.box.append(this.zoomIn, this.zoomOut, this.home, this.areas);
    view.leaflet.getContainer().appendChild(this.box);
    L.DomEvent.disableClickPropagation(this.box);
  }

  button(path, name, act) {
    const button = hp.element("button", "map-button");
    button.type = "button";
    button.title = name;
    button.setAttribute("aria-label", name);
    const icon = hp.svg("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" });
    icon.append(hp.svg("path", { d: path, class: "icon" }));
    button.append(icon);
    button.addEventListener("click", act);
    return button;
  }

  switchAreas() {
    const on = this.areas.getAttribute("aria-pressed") !== "true";
    this.view.each("onAreas", on);
    this.view.bridge.tell("areas_switched", { on });
  }

  onAreas(on) {
    this.areas.setAttribute("aria-pressed", String(on));
  }

  onZoom() {
    const { leaflet } = this.view;
    this.zoomIn.disabled = leaflet.getZoom() >= leaflet.getMaxZoom();
    this.zoomOut.disabled = leaflet.getZoom() <= leaflet.getMinZoom();
  }

  boxes() {
    return [this.box];
  }
};
