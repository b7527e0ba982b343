"use strict";

/* How numbers become colours: class 0 is zero; the others hold whole numbers from ``from`` to ``to``. */
hp.CountClasses = class {
  /* spread: of all counts in their order those at one to four fifths, and the largest; empty without any. */
  constructor(spread) {
    this.classes = hp.CountClasses.split(spread);
  }

  /* Small numbers each get a class of their own (1, 2, 3, 4+). Larger ones are split so that about
     as many regions fall into each class, at round numbers. */
  static split(spread) {
    const largest = spread.at(-1) ?? 0;
    const starts = largest <= 8 ? [1, 2, 3, 4] : hp.CountClasses.starts(spread.slice(0, -1));
    return starts.map((from, i) => ({ from, to: i + 1 < starts.length ? starts[i + 1] - 1 : Infinity }));
  }

  static starts(fifths) {
    const starts = [1];
    for (const value of fifths.map(hp.CountClasses.round)) {
      if (value > starts[starts.length - 1]) starts.push(value);
    }
    return starts;
  }

  /* Down to one leading digit, or to a half of it: 1 … 9, 10, 15, 20, 25, 30, 40 … */
  static round(value) {
    const unit = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
    const step = value >= 10 && value < 3 * unit ? unit / 2 : unit;
    return Math.max(1, Math.floor(value / step) * step);
  }

  of(count) {
    if (!count) return 0;
    return 1 + this.classes.findIndex((each) => count >= each.from && count <= each.to);
  }

  /* [{level, label}] with zero first, for the legend. */
  labels() {
    const named = this.classes.map((each, i) => ({
      level: i + 1,
      label:
        each.to === Infinity
          ? `${hp.number(each.from)}+`
          : each.from === each.to
            ? hp.number(each.from)
            : `${hp.number(each.from)}–${hp.number(each.to)}`,
    }));
    return [{ level: 0, label: "0" }, ...named];
  }
};
