"use strict";

/* A canvas that Leaflet moves and zooms with the map; paint(context, map) draws what is in view. */
hp.AreaCanvas = L.Renderer.extend({
  _initContainer() {
    this._container = hp.element("canvas", "areas");
    this._context = this._container.getContext("2d");
  },

  _destroyContainer() {
    this._container.remove();
    delete this._container;
  },

  _updatePaths() {},

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const { min } = this._bounds;
    const size = this._bounds.getSize();
    const ratio = window.devicePixelRatio;
    L.DomUtil.setPosition(this._container, min);
    this._container.style.width = `${size.x}px`;
    this._container.style.height = `${size.y}px`;
    this._container.width = Math.round(size.x * ratio); // clears it, too
    this._container.height = Math.round(size.y * ratio);
    this._context.scale(ratio, ratio);
    this._context.translate(-min.x, -min.y);
    this.options.paint(this._context);
  },
});

/* Areas of projects (hpviewer/mapping/area_tiles.py), where they are switched on and the map is near enough: tiles of
   what is in view, a few requests at a time so that a click's answer need not wait behind them. */
hp.ProjectAreas = class {
  /* options: zIndex, far, none, more: sentences, the last with {count} */
  constructor(options) {
    this.options = options;
    this.on = false;
    this.tiles = new Map(); // by name; null while a tile is on its way
    this.queue = [];
    this.asking = 0;
    this.under = null; // the area below the mouse
  }

  attach(view) {
    this.view = view;
    view.areas = this;
  }

  /* Nothing is made before it is first wanted. */
  makeGround() {
    const { leaflet } = this.view;
    const pane = leaflet.createPane("areas");
    pane.style.zIndex = this.options.zIndex;
    pane.style.pointerEvents = "none";
    const canvas = (paint) => new hp.AreaCanvas({ pane: "areas", padding: 0.25, paint });
    this.ground = canvas((context) => this.paint(context));
    this.marks = canvas((context) => this.paintMarks(context));
    this.note = hp.element("div", "panel areas-note");
    this.note.setAttribute("role", "status");
    leaflet.getContainer().appendChild(this.note);
  }

  onAreas(on) {
    if (on === this.on) return;
    this.on = on;
    if (on && this.ground === undefined) this.makeGround();
    this.under = null;
    for (const canvas of [this.ground, this.marks]) {
      if (on) canvas.addTo(this.view.leaflet);
      else canvas.remove();
    }
    this.look();
  }

  onGeography() {
    this.tiles = new Map(); // what is on its way belongs to the old one
    this.look();
  }

  onMove() {
    this.look();
  }

  onState() {
    if (this.on) this.marks._update();
  }

  onLook() {
    if (this.on) this.repaint();
  }

  boxes() {
    return this.note && !this.note.hidden ? [this.note] : [];
  }

  get near() {
    return this.view.leaflet.getZoom() >= hp.ProjectAreas.LEAST_ZOOM;
  }

  get zoom() {
    return Math.min(hp.ProjectAreas.LAST_ZOOM, Math.floor(this.view.leaflet.getZoom() + 1e-6));
  }

  /* Width of a tile in pixels of the map, and where the map's own origin lies. */
  grid() {
    const { leaflet } = this.view;
    return { width: 256 * leaflet.getZoomScale(leaflet.getZoom(), this.zoom), origin: leaflet.getPixelOrigin() };
  }

  /* Names of the tiles in view, [zoom, column, row], from its middle outwards. */
  wanted() {
    if (!this.on || !this.near || this.view.start === null) return [];
    const { width } = this.grid();
    const bounds = this.view.leaflet.getPixelBounds();
    const middle = bounds.getCenter().divideBy(width)._subtract([0.5, 0.5]);
    const found = [];
    for (let x = Math.floor(bounds.min.x / width); x * width < bounds.max.x; x += 1) {
      for (let y = Math.floor(bounds.min.y / width); y * width < bounds.max.y; y += 1) found.push([this.zoom, x, y]);
    }
    const far = ([, x, y]) => Math.hypot(x - middle.x, y - middle.y);
    return found.sort((a, b) => far(a) - far(b));
  }

  /* Ask for what is in view and not here; what was waiting for an earlier view is forgotten. */
  look() {
    const wanted = this.wanted().map((tile) => tile.join("/"));
    for (const name of wanted) this.refresh(name);
    this.queue = wanted.filter((name) => !this.tiles.has(name));
    this.ask();
    this.tell();
  }

  /* The oldest of the tiles that are kept is the one that was in view the longest ago. */
  refresh(name) {
    const tile = this.tiles.get(name);
    if (tile) {
      this.tiles.delete(name);
      this.tiles.set(name, tile);
    }
  }

  ask() {
    while (this.asking < hp.ProjectAreas.AT_ONCE && this.queue.length > 0) this.fetch(this.queue.shift());
  }

  async fetch(name) {
    const { tiles } = this;
    tiles.set(name, null);
    this.asking += 1;
    try {
      const reply = await fetch(`areas/${name}`);
      const document = reply.ok ? await reply.json() : {};
      if (document.version === hp.ProjectAreas.VERSION) tiles.set(name, new hp.AreaTile(name, document));
      else tiles.delete(name);
    } catch {
      tiles.delete(name); // the next move asks again
    } finally {
      this.asking -= 1;
    }
    for (const old of tiles.keys()) {
      if (tiles.size <= hp.ProjectAreas.KEPT) break;
      tiles.delete(old);
    }
    this.ask();
    if (this.on && tiles === this.tiles) this.repaintSoon();
  }

  repaintSoon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      if (this.on) this.repaint();
      this.tell();
    });
  }

  repaint() {
    this.ground._update();
    this.marks._update();
  }

  here() {
    return this.wanted().map((tile) => this.tiles.get(tile.join("/"))).filter(Boolean);
  }

  get settled() {
    return this.asking === 0 && this.queue.length === 0 && this.frame === undefined;
  }

  /* What there is to say: why nothing is shown, or that not everything is. */
  tell() {
    if (this.note === undefined) return;
    const { far, none, more } = this.options;
    const here = this.here();
    const complete = here.length > 0 && here.length === this.wanted().length;
    const left = here.reduce((sum, tile) => sum + tile.leftOut, 0);
    let text = "";
    if (this.on && !this.near) text = far;
    else if (complete && here.every((tile) => tile.areas.length === 0)) text = none;
    else if (complete && left > 0) text = hp.fill(more, { count: hp.number(left) });
    if (text !== this.note.textContent) this.note.textContent = text;
    this.note.hidden = text === "";
  }

  // -- drawing ----------------------------------------------------------------------------------------

  /* Each tile in its own square of whole pixels: areas that lie in two meet there without a line. */
  inTiles(context, draw) {
    const { width, origin } = this.grid();
    const corner = (tile, more) => [
      Math.round((tile.column + more) * width - origin.x),
      Math.round((tile.row + more) * width - origin.y),
    ];
    for (const tile of this.here()) {
      const [left, top] = corner(tile, 0);
      const [right, bottom] = corner(tile, 1);
      context.save();
      context.beginPath();
      context.rect(left, top, right - left, bottom - top);
      context.clip();
      context.translate(left, top);
      const scale = (right - left) / hp.AreaTile.EXTENT;
      context.scale(scale, scale);
      draw(tile, scale);
      context.restore();
    }
  }

  paint(context) {
    const colour = hp.colour("--warn");
    context.fillStyle = colour;
    context.strokeStyle = colour;
    this.inTiles(context, (tile, scale) => {
      context.globalAlpha = 0.16;
      context.fill(tile.path);
      context.globalAlpha = 0.75;
      context.lineWidth = 1 / scale;
      context.stroke(tile.path);
    });
  }

  /* The project that is filtered by, and the one below the mouse. */
  paintMarks(context) {
    const { project } = this.view.state;
    const select = hp.colour("--select");
    const hovered = hp.colour("--text");
    this.inTiles(context, (tile, scale) => {
      for (const area of tile.areas) {
        const chosen = Boolean(project) && area.name === project;
        if (!chosen && area.id !== this.under?.id) continue;
        const path = hp.AreaTile.path([area]);
        context.strokeStyle = chosen ? select : hovered;
        context.lineWidth = (chosen ? 2.8 : 1.6) / scale;
        context.stroke(path);
      }
    });
  }

  // -- the mouse -----------------------------------------------------------------------------------------

  /* The smallest area there, or null. */
  at(latlng) {
    if (!latlng || !this.on || !this.near || this.view.picking.active) return null;
    const { width } = this.grid();
    const point = this.view.leaflet.project(latlng).divideBy(width);
    const [x, y] = [Math.floor(point.x), Math.floor(point.y)];
    const tile = this.tiles.get([this.zoom, x, y].join("/"));
    return tile ? tile.at((point.x - x) * hp.AreaTile.EXTENT, (point.y - y) * hp.AreaTile.EXTENT) : null;
  }

  onHover(code, latlng) {
    const under = code && latlng ? this.at(latlng) : null;
    if (under?.id === this.under?.id) return;
    this.under = under;
    if (this.on) this.marks._update();
  }
};

hp.ProjectAreas.VERSION = 1;
hp.ProjectAreas.LEAST_ZOOM = 12;
hp.ProjectAreas.LAST_ZOOM = 16;
hp.ProjectAreas.AT_ONCE = 2; // requests; the window answers questions with three threads
hp.ProjectAreas.KEPT = 160; // tiles, of up to 100 KB each

/* One tile: its areas, the largest first, and all their rings as one path. Outer and inner rings turn in opposite
   directions, so that holes stay open and areas that overlap do not cancel each other. */
hp.AreaTile = class {
  constructor(name, document) {
    [, this.column, this.row] = name.split("/").map(Number);
    this.areas = document.areas.map(([id, project, polygons]) => ({
      id,
      name: project,
      polygons,
      box: hp.AreaTile.box(polygons),
    }));
    this.leftOut = document.left_out;
    this.path = hp.AreaTile.path(this.areas);
  }

  at(x, y) {
    for (let at = this.areas.length - 1; at >= 0; at -= 1) {
      const area = this.areas[at];
      const [west, north, east, south] = area.box;
      const inBox = west <= x && x <= east && north <= y && y <= south;
      if (inBox && area.polygons.some((rings) => hp.AreaTile.holds(rings, x, y))) return area;
    }
    return null;
  }

  /* By the rule of odd crossings, holes included. */
  static holds(rings, x, y) {
    let inside = false;
    for (const ring of rings) {
      for (let at = 0, last = ring.length - 2; at < ring.length; last = at, at += 2) {
        const [ax, ay, bx, by] = [ring[at], ring[at + 1], ring[last], ring[last + 1]];
        if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
      }
    }
    return inside;
  }

  static box(polygons) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [outer] of polygons) {
      for (let at = 0; at < outer.length; at += 2) {
        box[0] = Math.min(box[0], outer[at]);
        box[1] = Math.min(box[1], outer[at + 1]);
        box[2] = Math.max(box[2], outer[at]);
        box[3] = Math.max(box[3], outer[at + 1]);
      }
    }
    return box;
  }

  static path(areas) {
    const path = new Path2D();
    for (const ring of areas.flatMap((area) => area.polygons.flat())) {
      path.moveTo(ring[0], ring[1]);
      for (let at = 2; at < ring.length; at += 2) path.lineTo(ring[at], ring[at + 1]);
      path.closePath();
    }
    return path;
  }
};

hp.AreaTile.EXTENT = 4096;
