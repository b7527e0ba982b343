"use strict";

/* Lines above the areas: the selected place, the one under the mouse, edges that are a guess. */
hp.Outlines = class {
  constructor(options) {
    this.options = options;
  }

  attach(view) {
    this.view = view;
    view.leaflet.createPane("outlines").style.zIndex = this.options.zIndex;
    const renderer = L.svg({ pane: "outlines", padding: 1 });
    const style = { renderer, pane: "outlines", interactive: false, smoothFactor: 0, noClip: true, fill: false };
    this.style = style;
    this.guessed = L.layerGroup().addTo(view.leaflet);
    this.hovered = L.polygon([], { ...style, className: "outline hovered" }).addTo(view.leaflet);
    this.halo = L.polygon([], { ...style, className: "outline selected-halo" }).addTo(view.leaflet);
    this.selected = L.polygon([], { ...style, className: "outline selected" }).addTo(view.leaflet);
  }

  onGeography(start) {
    this.guessed.clearLayers();
    for (const edge of start.guessed) {
      // A pale solid line below covers the solid edges of the two neighbours, so that the dashes show.
      for (const className of ["guessed-ground", "guessed"]) {
        L.polyline(hp.latLngs(edge.paths), { ...this.style, className }).addTo(this.guessed);
      }
    }
    for (const line of [this.hovered, this.halo, this.selected]) line.bringToFront();
    this.hovered.setLatLngs([]);
  }

  onState() {
    const region = this.view.region(this.view.state.selected);
    const shape = region ? hp.latLngs(region.shape) : [];
    this.halo.setLatLngs(shape);
    this.selected.setLatLngs(shape);
  }

  onHover(code) {
    const region = code === this.view.state.selected ? null : this.view.region(code);
    this.hovered.setLatLngs(region ? hp.latLngs(region.shape) : []);
  }
};
