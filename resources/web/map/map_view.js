"use strict";

/* The map as a whole: holds the state that the window sent and passes it to the parts.

   A part may have attach(view), onGeography(start), onState(), onHover(code, latlng), onZoom(), onMove(),
   onFacts(facts), boxes(). */
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
    this.state = { seq: 0, counts: {}, selected: null, move: "jump", geography: 0, reserved: [] };
    this.classes = new hp.CountClasses([]);
    this.fitted = { code: null };
    this.bridge = new hp.Bridge((message) => this.received(message));
  }

  add(part) {
    this.parts.push(part);
    part.attach(this);
    return this;
  }

  run() {
    this.leaflet.on("zoomend", () => this.zoomed());
    this.leaflet.on("moveend", () => this.each("onMove"));
    this.leaflet.on("dragstart", () => (this.fitted = null));
    this.leaflet.on("resize", () => this.fitted && this.fit(this.fitted.code, false));
    this.leaflet.getContainer().addEventListener("wheel", () => (this.fitted = null), { passive: true });
    this.leaflet.getContainer().addEventListener("keydown", (event) => this.key(event));
    this.bridge.connect();
    this.loadGeography();
  }

  each(method, ...values) {
    for (const part of this.parts) part[method]?.(...values);
  }

  // -- messages of the window ------------------------------------------------------------------------

  received(message) {
    if (message.type === "state") this.setState(message);
    else if (message.type === "facts") this.each("onFacts", message);
    else if (message.type === "look") hp.setLook(message);
  }

  setState(state) {
    const newGeography = state.geography !== this.state.geography;
    this.state = { ...state, counts: new Map(Object.entries(state.counts)) };
    this.classes = new hp.CountClasses([...this.state.counts.values()]);
    if (newGeography) this.loadGeography();
    else if (this.start !== null) this.apply();
  }

  async loadGeography() {
    const geography = new hp.Geography();
    this.geography = geography;
    this.start = null;
    try {
      const start = await geography.start();
      if (this.geography !== geography) return;
      this.start = start;
      this.leaflet.setMaxBounds(hp.bounds(start.district.bbox).pad(0.6));
      if (this.state.seq === 0) this.fit(null, false);
      this.each("onGeography", start);
      this.apply();
      await this.needCommunities(null);
    } catch (error) {
      this.bridge.tell("failed", { message: String(error) });
    }
  }

  /* All at once after the first paint; before that only those of the chosen town. */
  async needCommunities(town) {
    if (await this.geography.fetchCommunities(town)) this.apply();
  }

  apply() {
    if (this.state.seq === 0) return;
    const town = this.state.selected ? hp.townOf(this.state.selected) : null;
    if (town && !this.geography.complete && this.geography.communitiesOf(town).length === 0) {
      this.needCommunities(town).catch((error) => this.bridge.tell("failed", { message: String(error) }));
    }
    const known = this.state.selected === null || this.geography.region(this.state.selected) !== null;
    if (this.state.move !== "stay" && known) {
      this.fit(this.state.selected, this.state.move === "glide");
      this.state.move = "stay";
    }
    this.each("onState");
    this.reportPainted(this.state.seq);
  }

  /* After the frame that shows the state: the callback runs before it is drawn, the message after. */
  reportPainted(seq) {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        if (this.moving) this.leaflet.once("moveend", () => this.reportPainted(seq));
        else this.bridge.tell("painted", { seq });
      };
      channel.port2.postMessage(null);
    });
  }

  // -- what the parts ask ----------------------------------------------------------------------------

  region(code) {
    return code ? this.geography.region(code) : null;
  }

  count(code) {
    return this.state.counts.get(code) ?? 0;
  }

  /* At least so many records of the town cannot be shown in one of its communities: they name none, or
     one whose position is not known. */
  unplacedCount(town) {
    const placed = this.geography.communitiesOf(town).reduce((sum, [code]) => sum + this.count(code), 0);
    const inUnplaced = (this.geography.unplaced[town] ?? []).map((code) => this.count(code));
    return Math.max(0, this.count(town) - placed, ...inUnplaced);
  }

  visibleRegions(level) {
    if (level === "town") return this.geography.towns;
    if (this.leaflet.getZoom() >= hp.COMMUNITY_ZOOM) return this.geography.communities;
    const { selected } = this.state;
    return new Map(selected ? this.geography.communitiesOf(hp.townOf(selected)) : []);
  }

  showsInside(town) {
    const { selected } = this.state;
    const open = this.leaflet.getZoom() >= hp.COMMUNITY_ZOOM || (selected && hp.townOf(selected) === town);
    return Boolean(open) && this.geography.communitiesOf(town).length > 0;
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

  clicked(code) {
    if (code === this.state.selected) this.bridge.tell("went_up", {});
    else this.bridge.tell("place_clicked", { code });
  }

  hover(code, latlng) {
    if (code !== this.hoveredCode) {
      this.hoveredCode = code;
      this.bridge.tell("hovered", { code });
    }
    this.each("onHover", code, latlng);
  }

  key(event) {
    if (event.key === "Escape") this.bridge.tell("went_up", {});
    else if (event.key === "Home") this.fit(null, this.animate);
    else return;
    event.preventDefault();
  }

  zoomed() {
    if (this.start === null) return;
    if (this.leaflet.getZoom() >= hp.COMMUNITY_ZOOM) this.needCommunities(null).catch(() => undefined);
    this.each("onZoom");
  }

  /* Show one place, or the whole district, and keep it in view when the window changes its size. */
  fit(code, animate = this.animate) {
    const region = code ? this.region(code) : this.start?.district;
    if (!region) return;
    const bounds = hp.bounds(region.bbox);
    const options = code
      ? { padding: [48, 56], maxZoom: 14 }
      : { paddingTopLeft: [8, 8], paddingBottomRight: [8, this.bottomHeight() + 8] };
    if (!code) this.leaflet.setMinZoom(Math.floor(this.leaflet.getBoundsZoom(bounds) * 4) / 4 - 0.75);
    this.moving = true;
    this.leaflet.once("moveend", () => (this.moving = false));
    this.leaflet.fitBounds(bounds, { ...options, animate: animate && this.animate, duration: 0.25 });
    this.fitted = { code };
  }

  bottomHeight() {
    return Math.max(0, ...this.parts.flatMap((part) => part.boxes?.() ?? []).map((box) => (box.closest(".bottom-bar") ? box.offsetHeight : 0)));
  }
};

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
