"use strict";

/* Lines above the areas: the selected place, the one under the mouse, edges that are a guess, and, where
   communities fill the map, the towns they belong to. */
hp.Outlines = class {
  constructor(options) {
    this.options = options;
    this.lines = new Map(); // of towns, by code
    this.outlined = null;
  }

  attach(view) {
    this.view = view;
    view.leaflet.createPane("outlines").style.zIndex = this.options.zIndex;
    const renderer = L.svg({ pane: "outlines", padding: 1 });
    const style = { renderer, pane: "outlines", interactive: false, smoothFactor: 0, noClip: true, fill: false };
    this.style = style;
    this.towns = L.layerGroup().addTo(view.leaflet);
    this.guessed = L.layerGroup().addTo(view.leaflet);
    this.hovered = L.polygon([], { ...style, className: "outline hovered" }).addTo(view.leaflet);
    this.halo = L.polygon([], { ...style, className: "outline selected-halo" }).addTo(view.leaflet);
    this.selected = L.polygon([], { ...style, className: "outline selected" }).addTo(view.leaflet);
  }

  onGeography(start) {
    this.towns.clearLayers();
    this.lines.clear();
    this.guessed.clearLayers();
    for (const edge of start.guessed) {
      // A pale solid line below covers the solid edges of the two neighbours, so that the dashes show.
      for (const className of ["guessed-ground", "guessed"]) {
        L.polyline(hp.latLngs(edge.paths), { ...this.style, className }).addTo(this.guessed);
      }
    }
    for (const line of [this.hovered, this.halo, this.selected]) line.bringToFront();
    this.hovered.setLatLngs([]);
    this.onZoom();
  }

  onZoom() {
    const near = this.view.leaflet.getZoom() >= hp.COMMUNITY_ZOOM;
    this.view.leaflet.getPane("outlines").classList.toggle("near", near);
    if (near) this.drawTowns();
    this.onState();
  }

  onMove() {
    if (this.view.start !== null && this.view.leaflet.getZoom() >= hp.COMMUNITY_ZOOM) this.drawTowns();
  }

  /* Those in view, each once, as long as its shape is the same. */
  drawTowns() {
    const here = this.view.visibleRegions("town");
    for (const [code, { line, shape }] of this.lines) {
      if (here.has(code) && this.view.shapeOf(here.get(code)) === shape) continue;
      this.towns.removeLayer(line);
      this.lines.delete(code);
    }
    for (const [code, town] of here) {
      if (this.lines.has(code)) continue;
      const shape = this.view.shapeOf(town);
      const line = L.polygon(hp.latLngs(shape), { ...this.style, className: "town-line" });
      line.addTo(this.towns).bringToBack();
      this.lines.set(code, { line, shape });
    }
  }

  onState() {
    const region = this.view.region(this.view.placeShown());
    const shape = region ? this.view.shapeOf(region) : null;
    if (this.view.leaflet.getZoom() >= hp.COMMUNITY_ZOOM) this.drawTowns();
    if (shape === this.outlined) return;
    this.outlined = shape;
    for (const line of [this.halo, this.selected]) line.setLatLngs(shape ? hp.latLngs(shape) : []);
  }

  onHover(code) {
    const region = code === this.view.placeShown() ? null : this.view.region(code);
    this.hovered.setLatLngs(region ? hp.latLngs(this.view.shapeOf(region)) : []);
  }
};
