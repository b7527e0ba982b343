"use strict";

/* The layers as fetched: towns at once, communities when they are first needed. */
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
