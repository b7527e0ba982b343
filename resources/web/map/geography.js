"use strict";

/* The layers as fetched: towns at once and as a far view shows them; communities when they are first needed, and with
   them the towns as a near view shows them. */
hp.Geography = class {
  constructor() {
    this.towns = new Map();
    this.communities = new Map();
    this.inTown = new Map(); // the same, by town
    this.unplaced = {};
    this.complete = false;
    this.asked = new Set();
    this.fetched = new Set(); // towns
  }

  async start() {
    const start = await hp.Geography.layer("start");
    this.towns = new Map(start.towns.map((town) => [town.code, town]));
    this.unplaced = start.unplaced;
    return start;
  }

  /* Communities of one town, or of all. True when something new has come. */
  async fetchCommunities(town) {
    const name = town ? `communities/${town}` : "communities";
    if (this.complete || this.asked.has(name)) return false;
    this.asked.add(name);
    const layer = await hp.Geography.layer(name);
    for (const region of layer.communities) this.addCommunity(region);
    for (const { code, shape } of layer.towns ?? []) {
      const known = this.towns.get(code);
      if (known) known.near = shape;
    }
    if (town) this.fetched.add(town);
    else this.complete = true;
    return true;
  }

  region(code) {
    return this.towns.get(code) ?? this.communities.get(code) ?? null;
  }

  addCommunity(region) {
    const town = hp.townOf(region.code);
    if (!this.inTown.has(town)) this.inTown.set(town, new Map());
    this.communities.set(region.code, region);
    this.inTown.get(town).set(region.code, region);
  }

  /* Where towns are many: what was fetched for a view that is long gone goes again. Needed towns stay. */
  forget(needed) {
    for (const town of this.fetched) {
      if (this.fetched.size <= hp.MOST_FETCHED) return;
      if (needed.has(town)) continue;
      this.fetched.delete(town);
      this.asked.delete(`communities/${town}`);
      for (const [code] of this.communitiesOf(town)) this.communities.delete(code);
      this.inTown.delete(town);
      delete this.towns.get(town).near;
    }
  }

  communitiesOf(town) {
    return [...(this.inTown.get(town) ?? [])];
  }

  static async layer(name) {
    const reply = await fetch(`layer/${name}`);
    if (!reply.ok) throw new Error(`layer ${name}: ${reply.status}`); // its body would never end
    const layer = await reply.json();
    if (layer.version !== hp.LAYER_VERSION) throw new Error(`layer ${name} has version ${layer.version}`);
    return layer;
  }
};
