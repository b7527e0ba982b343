"use strict";

/* The areas of one level, coloured by count. Colours are classes in the style sheet, so that a new
   count or the change to dark touches no geometry. */
hp.RegionLayer = class {
  /* options: level ("town" or "community"), pane, zIndex */
  constructor(options) {
    this.options = options;
    this.paths = new Map();
    this.shown = new Set();
  }

  attach(view) {
    this.view = view;
    const pane = view.leaflet.createPane(this.options.pane);
    pane.style.zIndex = this.options.zIndex;
    this.renderer = L.svg({ pane: this.options.pane, padding: 1 });
    this.group = L.layerGroup().addTo(view.leaflet);
  }

  onGeography() {
    this.group.clearLayers();
    this.paths.clear();
    this.shown.clear();
  }

  /* Show these regions and no others, each with its class of count. */
  onState() {
    const wanted = this.view.visibleRegions(this.options.level);
    for (const code of this.shown) {
      if (wanted.has(code)) continue;
      this.group.removeLayer(this.paths.get(code));
      this.shown.delete(code);
    }
    for (const [code, region] of wanted) {
      if (!this.shown.has(code)) {
        this.group.addLayer(this.path(code, region));
        this.shown.add(code);
      }
      const element = this.paths.get(code).getElement();
      element.setAttribute("class", this.classNames(code));
    }
  }

  onZoom() {
    this.onState();
  }

  /* Where only what is in view is drawn. */
  onMove() {
    const { geography, state } = this.view;
    const all = this.options.level === "town" ? geography.towns : geography.communities;
    if (all.size > hp.FEW_REGIONS && state.seq > 0 && this.view.start !== null) this.onState();
  }

  classNames(code) {
    const level = this.view.classes.of(this.view.count(code));
    const hatched = level === 0 && this.options.level === "community" && this.view.unplacedCount(hp.townOf(code)) > 0;
    return `leaflet-interactive region ${this.options.level} level-${level}${hatched ? " hatched" : ""}`;
  }

  path(code, region) {
    if (!this.paths.has(code)) {
      const path = L.polygon(hp.latLngs(region.shape), {
        renderer: this.renderer,
        pane: this.options.pane,
        smoothFactor: 0, // neighbours must keep the same vertices
        noClip: true,
        bubblingMouseEvents: false,
      });
      path.on("click", (event) => this.view.clicked(code, event.latlng));
      path.on("mouseover", (event) => this.view.hover(code, event.latlng));
      path.on("mousemove", (event) => this.view.hover(code, event.latlng));
      path.on("mouseout", () => this.view.hover(null));
      this.paths.set(code, path);
    }
    return this.paths.get(code);
  }
};
