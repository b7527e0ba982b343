"use strict";

/* The map as a whole: holds the state that the window sent and passes it to the parts.

   A part may have attach(view), onGeography(start), onState(), onHover(code, latlng), onZoom(), onMove(),
   onClasses(), onFacts(facts), onPicking(), onAreas(on), onLook(), settle(), boxes(), bottomHeight(). */
hp.MapView = class {
  constructor(id, options) {
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.animate = !still;
    this.leaflet = L.map(id, {
      ...options,
      zoomControl: false,
      attributionControl: false,
      doubleClickZoom: false, // two clicks on a place select it and go back up
      boxZoom: false,
      zoomAnimation: !still,
      fadeAnimation: false,
      inertia: !still,
    });
    this.parts = [];
    this.geography = new hp.Geography();
    this.start = null;
    this.state = { seq: 0, counts: new Map(), inside: null, selected: null, geography: 0, reserved: [] };
    this.picking = { active: false, codes: new Set() }; // places being chosen for a record
    this.classes = new hp.CountClasses([]);
    this.fitted = { code: null };
    this.newest = new Map(); // number of the newest message of each kind
    this.laid = false; // the parts have the layers of ``start``
    this.drawn = false; // a state with these layers
    this.waiting = null; // the end of the patience with a town's communities
    this.overdue = false;
    this.pendingMove = "jump"; // what the window asked for and the map has not done yet: jump or glide
    this.bridge = new hp.Bridge((message) => this.received(message));
  }

  add(part) {
    this.parts.push(part);
    part.attach(this);
    return this;
  }

  run() {
    this.leaflet.on("zoomanim", () => (this.zooming = true));
    this.leaflet.on("zoomend", () => this.zoomed());
    this.leaflet.on("moveend", () => this.moved());
    this.leaflet.on("movestart", () => {
      if (!this.moving) this.fitted = null; // the user's own view
    });
    this.leaflet.on("resize", () => this.fitted && this.fit(this.fitted.code, false));
    this.leaflet.getContainer().addEventListener("keydown", (event) => this.key(event));
    this.bridge.connect();
    this.loadGeography();
  }

  each(method, ...values) {
    for (const part of this.parts) part[method]?.(...values);
  }

  // -- messages of the window ------------------------------------------------------------------------

  /* The first ones are fetched while the channel comes up, and may be passed by later ones on it. */
  received(message) {
    if (message.number < (this.newest.get(message.type) ?? 0)) return;
    this.newest.set(message.type, message.number);
    if (message.type === "state") this.setState(message);
    else if (message.type === "facts") this.setFacts(message);
    else if (message.type === "picking") this.setPicking(message);
    else if (message.type === "areas") this.each("onAreas", message.on);
    else if (message.type === "look") {
      hp.setLook(message);
      this.each("onLook");
    }
  }

  setFacts(facts) {
    this.each("onFacts", facts);
    if (this.fitted && this.state.seq > 0) this.fit(this.fitted.code, false); // the notice takes room
  }

  /* Clicks are told as ever; that they choose places and do not filter is the window's affair. */
  setPicking({ active, codes }) {
    const began = active && !this.picking.active;
    this.picking = { active, codes: new Set(codes) };
    this.leaflet.getContainer().classList.toggle("picking", active);
    if (began) this.leaflet.getContainer().focus({ preventScroll: true }); // for Esc
    this.each("onPicking");
  }

  setState(state) {
    const newGeography = state.geography !== this.state.geography;
    const { counts, inside } = state.counts ? hp.readCounts(state) : this.state; // null: as before
    this.state = { ...state, counts, inside };
    if (state.move !== "stay") this.pendingMove = state.move;
    if (state.counts) this.classes = new hp.CountClasses(state.spread);
    if (newGeography) this.loadGeography();
    else if (this.laid) this.apply();
  }

  async loadGeography() {
    const geography = new hp.Geography();
    this.geography = geography;
    this.start = null;
    this.laid = this.drawn = false;
    try {
      const start = await geography.start();
      if (this.geography !== geography) return;
      this.start = start;
      this.leaflet.setMaxBounds(hp.bounds(start.district.bbox).pad(0.6));
      this.moveAsAsked(); // before there is anything to draw twice
      await hp.letOthers(); // the window's first messages come in between
      if (this.geography !== geography) return;
      this.each("onGeography", start);
      this.laid = true;
      this.apply();
      await new Promise((resume) => requestIdleCallback(resume, { timeout: 1500 })); // after the first paint
      if (this.geography === geography) await this.needCommunitiesHere();
    } catch (error) {
      this.fail(error);
    }
  }

  /* All at once after the first paint; before that only those of the chosen town. */
  async needCommunities(town) {
    const came = await this.geography.fetchCommunities(town);
    const visible = this.state.selected !== null || this.leaflet.getZoom() >= hp.COMMUNITY_ZOOM;
    if (came && visible) this.apply();
    else if (came) this.each("onPicking");
  }

  /* Of all towns, or, where they are many, of those in view when the map is near enough to show them. */
  async needCommunitiesHere() {
    const { geography } = this;
    const near = this.leaflet.getZoom() >= hp.COMMUNITY_ZOOM;
    const few = geography.towns.size <= hp.FEW_TOWNS;
    if (few) await this.needCommunities(null);
    if (!near || (few && this.state.inside === null)) return;
    const here = [...this.inView(geography.towns).keys()];
    geography.forget(new Set([...here, hp.townOf(this.state.selected ?? "")]));
    const came = await Promise.all(here.map((town) => geography.fetchCommunities(town)));
    if (geography !== this.geography) return;
    if (!here.every((town) => this.countsInside(town))) this.bridge.tell("inside", { towns: here }); // a state comes
    else if (came.includes(true)) this.apply();
  }

  /* Draw the state. The chosen town's communities are on their way for a frame or two: that long it waits for
     them; then, and the first time of all, the state is drawn without them and counts as painted only when they
     are there, too. */
  apply() {
    if (this.state.seq === 0) return;
    const { selected } = this.state;
    const complete = this.hasInside(selected);
    if (!complete) this.needCommunities(hp.townOf(selected)).catch((error) => this.fail(error));
    if (!complete && this.drawn && !this.overdue) {
      this.waiting ??= setTimeout(() => {
        this.overdue = true;
        this.apply();
      }, hp.PATIENCE);
      return;
    }
    clearTimeout(this.waiting);
    this.waiting = null;
    this.overdue &&= !complete;
    this.drawn = true;
    this.moveAsAsked();
    this.each("onState");
    this.each("settle");
    if (complete) this.reportPainted(this.state.seq);
  }

  /* Go where the window wants the map to be, once; not before the place is known. */
  moveAsAsked() {
    this.each("onClasses");
    const place = this.placeShown();
    if (!this.pendingMove || place === undefined) return;
    this.fit(place, this.pendingMove === "glide");
    this.pendingMove = null;
  }

  /* The place to outline: the chosen one, its town where its own position is not known, null for the
     district; undefined while that is still being fetched. */
  placeShown() {
    const { selected } = this.state;
    if (selected === null || this.region(selected) !== null) return selected;
    return this.hasInside(selected) ? hp.townOf(selected) : undefined;
  }

  /* True when nothing more has to be fetched to show this place. */
  hasInside(code) {
    if (code === null || this.geography.complete) return true;
    return this.geography.fetched.has(hp.townOf(code));
  }

  fail(error) {
    this.bridge.tell("failed", { message: String(error) });
  }

  /* After the frame that shows the state, names included: the callback runs before the frame is drawn,
     the message after. The window shows it at most one frame later on an idle PC; a busy one takes its
     time to rasterise it, see reportShown. */
  reportPainted(seq) {
    if (document.fonts.status === "loading") {
      // Not at once: the promise may be one of before, and asking it again and again would let nothing else run.
      document.fonts.ready.then(() => setTimeout(() => this.reportPainted(seq)));
      return;
    }
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        if (this.moving || this.nextFit) this.leaflet.once("moveend", () => this.reportPainted(seq));
        else {
          this.bridge.tell("painted", { seq });
          this.reportShown(seq, 3);
        }
      };
      channel.port2.postMessage(null);
    });
  }

  /* Chromium starts a third frame only when the first has been rasterised and handed on: then whoever
     takes a picture of the window gets this state. */
  reportShown(seq, frames) {
    if (frames === 0) this.bridge.tell("shown", { seq });
    else requestAnimationFrame(() => this.reportShown(seq, frames - 1));
  }

  // -- what the parts ask ----------------------------------------------------------------------------

  region(code) {
    return code ? this.geography.region(code) : null;
  }

  /* Polygons of a region, with the detail that the zoom can show. */
  shapeOf(region) {
    return (this.leaflet.getZoom() >= hp.COMMUNITY_ZOOM && region.near) || region.shape;
  }

  count(code) {
    return this.state.counts.get(code) ?? 0;
  }

  /* True when the counts of the town's communities are there; of a province only those of a few towns are. */
  countsInside(town) {
    return this.state.inside === null || this.state.inside.has(town);
  }

  /* At least so many records of the town cannot be shown in one of its communities: they name none, or
     one whose position is not known. */
  unplacedCount(town) {
    const placed = this.geography.communitiesOf(town).reduce((sum, [code]) => sum + this.count(code), 0);
    const inUnplaced = (this.geography.unplaced[town] ?? []).map((code) => this.count(code));
    return Math.max(0, this.count(town) - placed, ...inUnplaced);
  }

  visibleRegions(level) {
    if (level === "town") return this.inView(this.geography.towns);
    if (this.leaflet.getZoom() >= hp.COMMUNITY_ZOOM) {
      const here = this.inView(this.geography.communities);
      return this.state.inside === null ? here : new Map([...here].filter(([code]) => this.countsInside(hp.townOf(code))));
    }
    const { selected } = this.state;
    return new Map(selected ? this.geography.communitiesOf(hp.townOf(selected)) : []);
  }

  /* All of them, or, where they are many, those in the window and as far around it as one drags at a time. */
  inView(regions) {
    if (regions.size <= hp.FEW_REGIONS) return regions;
    const around = this.leaflet.getBounds().pad(0.5);
    const [left, bottom, right, top] = [around.getWest(), around.getSouth(), around.getEast(), around.getNorth()];
    const meets = ({ bbox: [west, south, east, north] }) => west <= right && east >= left && south <= top && north >= bottom;
    return new Map([...regions].filter(([, region]) => meets(region)));
  }

  showsInside(town) {
    const { selected } = this.state;
    const open = this.leaflet.getZoom() >= hp.COMMUNITY_ZOOM || (selected && hp.townOf(selected) === town);
    return Boolean(open) && this.countsInside(town) && this.geography.communitiesOf(town).length > 0;
  }

  /* True when a region fills so much of the window that its name need not stand in its middle. */
  isWide(code) {
    const { leaflet } = this;
    const bounds = hp.bounds(this.region(code).bbox);
    const size = leaflet.latLngToLayerPoint(bounds.getSouthEast()).subtract(leaflet.latLngToLayerPoint(bounds.getNorthWest()));
    const window = leaflet.getSize();
    return size.x > window.x * 0.55 || size.y > window.y * 0.45;
  }

  /* Where no label may stand: below buttons and boxes, ours and the window's. */
  reserved() {
    const origin = this.leaflet.getContainer().getBoundingClientRect();
    const boxes = this.parts.flatMap((part) => part.boxes?.() ?? []).map((box) => box.getBoundingClientRect());
    const own = boxes.map((box) => ({
      left: box.left - origin.left - 4,
      right: box.right - origin.left + 4,
      top: box.top - origin.top - 4,
      bottom: box.bottom - origin.top + 4,
    }));
    const others = this.state.reserved.map(([left, top, right, bottom]) => ({ left, top, right, bottom }));
    return [...own, ...others];
  }

  /* The pixel of a region's label point, for whoever wants to click there. */
  pixelOf(code) {
    const point = this.leaflet.latLngToContainerPoint(hp.latLng(this.region(code).at));
    return [Math.round(point.x), Math.round(point.y)];
  }

  // -- gestures --------------------------------------------------------------------------------------

  clicked(code, latlng) {
    const area = this.areas.at(latlng);
    if (area !== null) {
      this.bridge.tell("area_clicked", { area: area.id });
      return;
    }
    if (code === this.state.selected) this.bridge.tell("went_up", {});
    else this.bridge.tell("place_clicked", { code });
  }

  hover(code, latlng) {
    if (code !== this.hoveredCode) {
      this.hoveredCode = code;
      this.bridge.tell("hovered", { code });
      clearTimeout(this.resting);
      if (!this.hasInside(code)) this.resting = setTimeout(() => this.expectClick(code), hp.REST);
    }
    this.each("onHover", code, latlng);
  }

  /* Where the mouse rests a click may follow, which then need not wait for the town's communities. */
  async expectClick(code) {
    const town = hp.townOf(code);
    const came = await this.geography.fetchCommunities(town).catch(() => false);
    const { selected } = this.state;
    if (came && selected !== null && hp.townOf(selected) === town) this.apply();
  }

  key(event) {
    if (event.key === "Escape") this.bridge.tell("escaped", {});
    else if (event.key === "Home") this.fit(null, this.animate);
    else return;
    event.preventDefault();
  }

  moved() {
    if (!this.laid) return;
    if (this.geography.towns.size > hp.FEW_TOWNS) this.needCommunitiesHere().catch(() => undefined);
    this.each("onMove");
  }

  zoomed() {
    this.zooming = false;
    if (this.nextFit) {
      const [code, animate] = this.nextFit;
      this.nextFit = null;
      this.fit(code, animate);
    }
    if (!this.laid) return;
    if (this.leaflet.getZoom() >= hp.COMMUNITY_ZOOM) this.needCommunitiesHere().catch(() => undefined);
    this.each("onZoom");
  }

  /* Show one place, or the whole district, and keep it in view when the window changes its size. */
  fit(code, animate = this.animate) {
    const region = code ? this.region(code) : this.start?.district;
    if (!region) return;
    if (this.zooming) {
      this.nextFit = [code, animate]; // Leaflet ignores what comes during an animation
      return;
    }
    const { x, y } = this.leaflet.getSize();
    const key = [code, region.bbox, x, y, this.bottomHeight()].join();
    if (this.fitted?.key === key) return; // there already: drawing all again would cost 20 to 60 ms
    const bounds = hp.bounds(region.bbox);
    const options = code
      ? { padding: [48, 56], maxZoom: 14 }
      : { paddingTopLeft: [8, 8], paddingBottomRight: [8, this.bottomHeight() + 8] };
    if (!code) this.leaflet.setMinZoom(Math.floor(this.leaflet.getBoundsZoom(bounds) * 4) / 4 - 0.75);
    this.moving = true;
    this.leaflet.once("moveend", () => (this.moving = false));
    this.leaflet.fitBounds(bounds, { ...options, animate: animate && this.animate, duration: 0.25 });
    this.fitted = { code, key };
  }

  /* Of the boxes along the lower edge, which the whole district must not lie below. */
  bottomHeight() {
    return this.parts.reduce((height, part) => Math.max(height, part.bottomHeight?.() ?? 0), 0);
  }
};

/* Milliseconds that the mouse stays on a town before its communities are fetched. */
hp.REST = 60;

/* Milliseconds that a drawing waits for a town's communities, which it would only have to draw again with. */
hp.PATIENCE = 80;

/* Counts by code, and the towns whose communities are among them; null for all. */
hp.readCounts = ({ counts, inside }) => ({ counts: new Map(Object.entries(counts)), inside: inside && new Set(inside) });

/* Colours by name, as the window's theme has them; anything that is not a colour is left out. */
hp.setLook = ({ dark, colors }) => {
  const root = document.documentElement;
  root.classList.toggle("dark", dark);
  for (const [name, value] of Object.entries(colors)) {
    if (/^[a-z_0-9]+$/.test(name) && /^#[0-9a-f]{6}$/i.test(value)) {
      root.style.setProperty(`--${name.replaceAll("_", "-")}`, value);
    }
  }
};
