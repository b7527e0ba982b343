"use strict";

/* The areas of one level, coloured by count. Colours are classes in the style sheet, so that a new
   count or the change to dark touches no geometry. */
hp.RegionLayer = class {
  /* options: level ("town" or "community"), pane, zIndex */
  constructor(options) {
    this.options = options;
    this.paths = new Map();
    this.shapes = new WeakMap(); // of each path, as it is written
    this.shown = new Set();
  }

  attach(view) {
    this.view = view;
    const pane = view.leaflet.createPane(this.options.pane);
    pane.style.zIndex = this.options.zIndex;
    this.sheet = new hp.PathSheet(view.leaflet, this.options.pane);
    this.sheet.on("click", (path, event) => view.clicked(path.dataset.code, event.latlng));
    for (const move of ["mouseover", "mousemove"]) {
      this.sheet.on(move, (path, event) => view.hover(path.dataset.code, event.latlng));
    }
    this.sheet.on("mouseout", () => view.hover(null));
  }

  onGeography() {
    this.renew();
  }

  /* Shapes of an older geography go, once: the map may have drawn the new ones already when it is told of them. */
  renew() {
    if (this.geography === this.view.geography) return;
    this.geography = this.view.geography;
    for (const path of this.paths.values()) this.sheet.hide(path, true);
    this.paths.clear();
    this.shown.clear();
  }

  /* Show these regions and no others, each with its class of count. Where they are many, what is not shown is
     not kept either. */
  onState() {
    this.renew();
    const wanted = this.view.visibleRegions(this.options.level);
    const many = this.all().size > hp.FEW_REGIONS;
    for (const code of this.shown) {
      if (wanted.has(code)) continue;
      this.sheet.hide(this.paths.get(code), many);
      if (many) this.paths.delete(code);
      this.shown.delete(code);
    }
    for (const [code, region] of wanted) {
      const path = this.path(code, region);
      const names = this.classNames(code);
      if (path.getAttribute("class") !== names) path.setAttribute("class", names);
      if (this.shown.has(code)) continue;
      this.sheet.show(path);
      this.shown.add(code);
    }
  }

  all() {
    const { geography } = this.view;
    return this.options.level === "town" ? geography.towns : geography.communities;
  }

  onZoom() {
    this.onState();
  }

  /* Where only what is in view is drawn. */
  onMove() {
    const { start, state } = this.view;
    if (this.all().size > hp.FEW_REGIONS && state.seq > 0 && start !== null) this.onState();
  }

  classNames(code) {
    const level = this.view.classes.of(this.view.count(code));
    const hatched = level === 0 && this.options.level === "community" && this.view.unplacedCount(hp.townOf(code)) > 0;
    return `leaflet-interactive region ${this.options.level} level-${level}${hatched ? " hatched" : ""}`;
  }

  /* Written anew only where another zoom shows more or less of its detail. */
  path(code, region) {
    const shape = this.view.shapeOf(region);
    let path = this.paths.get(code);
    if (path === undefined) {
      path = this.sheet.path(shape);
      path.dataset.code = code;
      this.paths.set(code, path);
    } else if (this.shapes.get(path) !== shape) {
      this.sheet.write(path, shape);
    }
    this.shapes.set(path, shape);
    return path;
  }
};
