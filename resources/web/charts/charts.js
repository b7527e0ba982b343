// Shows the charts that the window sends and tells it which bar or node was chosen. Knows ids and keys, not their
// meaning. Text reaches the page as textContent or is drawn on a canvas: never as markup.
"use strict";

(function () {
  const ROW = 26; // px per bar of a chart that lies on its side and has no height of its own
  const UPRIGHT = 208; // px, height of a chart with upright bars that has none of its own
  const FRAME = 12; // px, margins
  const TALL = 300; // px, a given height above which two other charts stand beside the chart
  const BEAT = 2000; // ms between two signs of life
  const FONT = '"Bundled SC", sans-serif';

  const shown = new Map(); // chart id -> {section, title, subtitle, box, chart, keys, upright}
  let bridge = null;

  // A chart measures its box; boxes change with the window, the splitter and the tab.
  const sizes = new ResizeObserver(function (entries) {
    for (const entry of entries) {
      const one = shown.get(entry.target.dataset.chart);
      if (one && entry.contentRect.width > 0) {
        one.chart.resize();
      }
    }
  });

  function add(id) {
    const section = document.createElement("section");
    const title = document.createElement("h2");
    const subtitle = document.createElement("p");
    const box = document.createElement("div");
    box.className = "chart";
    box.dataset.chart = id;
    section.append(title, subtitle, box);
    document.getElementById("charts").append(section);
    box.style.height = UPRIGHT + "px";
    const chart = echarts.init(box, { textStyle: { fontFamily: FONT } }, { renderer: "canvas", locale: "ZH" });
    // keys: of the bars whose whole row answers a click; null where only bars and nodes themselves do
    const one = { section, title, subtitle, box, chart, keys: null, upright: false };
    // The whole row answers a click, name and empty ground included: a bar of one record is narrow.
    chart.getZr().on("click", function (event) {
      const index = one.keys && rowAt(one, event.offsetX, event.offsetY);
      if (index !== null) {
        choose(id, one.keys[index]);
      }
    });
    chart.on("click", function (event) {
      const key = keyOf(event.data);
      if (!one.keys && key) {
        choose(id, String(key));
      }
    });
    sizes.observe(box);
    shown.set(id, one);
    return one;
  }

  function keyOf(item) {
    return item && (item.cell || item.id);
  }

  function choose(chart, key) {
    bridge.mark_chosen(JSON.stringify({ chart, key }));
  }

  function rowAt(one, x, y) {
    const at = one.chart.convertFromPixel({ seriesIndex: 0 }, [x, y]);
    const index = Math.round(one.upright ? at[0] : at[1]);
    return index >= 0 && index < one.keys.length ? index : null;
  }

  function heightOfBars(one) {
    return one.upright ? UPRIGHT : one.keys.length * ROW + FRAME;
  }

  function show(message) {
    const { tokens, charts } = JSON.parse(message);
    for (const [name, colour] of Object.entries(tokens)) {
      document.documentElement.style.setProperty("--" + name.replaceAll("_", "-"), colour);
    }
    const wanted = new Set(charts.map((chart) => chart.id));
    for (const [id, one] of shown) {
      one.section.hidden = !wanted.has(id);
    }
    for (const { id, title, subtitle, height, wide, option } of charts) {
      const one = shown.get(id) || add(id);
      const bars = height === null;
      one.keys = bars ? option.series[0].data.map((item) => item.id) : null;
      one.upright = bars && option.xAxis[0].type === "category";
      one.section.classList.toggle("bars", bars);
      one.section.classList.toggle("wide", wide);
      one.section.classList.toggle("tall", !bars && !wide && height > TALL);
      one.title.textContent = title;
      one.subtitle.textContent = subtitle;
      one.box.style.height = (bars ? heightOfBars(one) : height) + "px";
      document.getElementById("charts").append(one.section);
      one.chart.resize();
      one.chart.setOption(option, { notMerge: true });
    }
    bridge.drawn(charts.length);
  }

  // Where the bar or node of a key lies in the page, for tests that click with a real mouse.
  window.centreOf = function (id, key) {
    const one = shown.get(id);
    for (const series of one.chart.getModel().getSeries()) {
      const data = series.getData();
      for (let at = 0; at < data.count(); at += 1) {
        const item = data.getRawDataItem(at);
        const graphic = data.getItemGraphicEl(at);
        if (item && keyOf(item) === key && graphic) {
          const bounds = graphic.getBoundingRect().clone();
          bounds.applyTransform(graphic.getComputedTransform());
          const middle = [bounds.x + bounds.width / 2, bounds.y + bounds.height / 2];
          window.scrollBy(0, one.box.getBoundingClientRect().top + middle[1] - window.innerHeight / 2);
          const box = one.box.getBoundingClientRect();
          return [box.left + middle[0], box.top + middle[1]];
        }
      }
    }
    return null;
  };

  new QWebChannel(qt.webChannelTransport, function (channel) {
    bridge = channel.objects.bridge;
    bridge.charts_sent.connect(show);
    bridge.beat();
    setInterval(() => bridge.beat(), BEAT);
    // Canvas text does not wait for a font by itself and would be drawn in a fallback.
    document.fonts.load('12px "Bundled SC"', "\u9ec4").then(
      () => bridge.ready(),
      () => bridge.ready(),
    );
  });
})();
