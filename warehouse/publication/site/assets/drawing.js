"use strict";
// Draws the charts and shows, for each point, the sentence that its figure was read from.
// Text from pages only ever becomes text nodes; only http(s) addresses become links.
(() => {
  const root = document.documentElement;
  const said = window.cityledger.page;
  const numbers = { decimal: ",", thousands: ".", grouping: [3], currency: ["", " ₫"] };
  const REACH = 44; // px from a point within which a pointer or finger means it

  const make = (tag, className, ...children) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  };

  const both = ([vi, en]) => {
    const pair = document.createDocumentFragment();
    for (const [lang, text] of [["vi", vi], ["en", en]]) {
      const span = make("span", lang, text);
      span.lang = lang;
      pair.append(span);
    }
    return pair;
  };

  const link = (address, text) => {
    if (!/^https?:\/\//i.test(address || "")) return make("span", "", text);
    const anchor = make("a", "", text);
    anchor.href = address;
    anchor.rel = "noopener noreferrer";
    return anchor;
  };

  const quote = (parts) => {
    const block = make("blockquote", "quote");
    parts.forEach((part, index) => block.append(index % 2 ? make("mark", "", part) : part));
    return block;
  };

  const cite = (number) => {
    const article = said.articles[number];
    return make("p", "cite", link(article.u, article.h), " ", make("span", "when", article.d));
  };

  // The strip below a figure: what is known of the point that is pointed at.
  class Evidence {
    constructor(figure) {
      this.element = figure.querySelector(".evidence");
      this.hint = [...this.element.childNodes];
      this.pinned = null;
      this.marked = [];
    }

    show(point, pin) {
      if (this.pinned && !pin) return;
      if (pin) this.pinned = this.pinned === point ? null : point;
      this.marked.forEach((element) => element.classList.remove("is-on"));
      this.marked = [point.element];
      point.element.classList.add("is-on");
      this.element.classList.add("has-point");
      this.element.classList.toggle("is-pinned", this.pinned !== null);
      this.element.replaceChildren(...this.tell(point.row));
    }

    tell(row) {
      const head = make("p", "what", make("strong", "", both(row.v)), " ", both(row.n));
      if (row.a) head.append(" · ", row.a);
      if (row.p) head.append(" · ", both(row.p));
      const parts = [head];
      if (row.q) parts.push(quote(row.q));
      if (row.r !== undefined) parts.push(cite(row.r));
      for (const item of row.m || []) {
        parts.push(make("p", "cite", make("span", "when", item.d), " ", item.t, " ", link(said.articles[item.r].u, "↗")));
      }
      return parts;
    }

    release() {
      this.pinned = null;
      this.marked.forEach((element) => element.classList.remove("is-on"));
      this.element.classList.remove("is-pinned", "has-point");
      this.element.replaceChildren(...this.hint);
    }
  }

  const spoken = (row) =>
    [row.a, row.n[root.lang === "en" ? 1 : 0], row.p && row.p[root.lang === "en" ? 1 : 0], row.v[0], (row.q || []).join("")]
      .filter(Boolean)
      .join(", ");

  const marks = ".mark-symbol path, .mark-rect.role-mark path";

  const pointsOf = (plot, panel) =>
    [...plot.querySelectorAll(marks)]
      .map((element) => ({ element, row: panel.rows[element.__data__.datum.i] }))
      .filter((point) => point.row && point.row.v)
      .sort((one, other) => (one.row.x < other.row.x ? -1 : one.row.x > other.row.x ? 1 : 0));

  const nearest = (points, event) => {
    let best = null;
    let reach = REACH;
    for (const point of points) {
      const box = point.element.getBoundingClientRect();
      const aside = Math.max(box.left - event.clientX, event.clientX - box.right, 0);
      const above = Math.max(box.top - event.clientY, event.clientY - box.bottom, 0);
      const middle = Math.hypot(box.left + box.width / 2 - event.clientX, box.top + box.height / 2 - event.clientY);
      const far = Math.hypot(aside, above) + middle / 1000;
      if (far < reach) [best, reach] = [point, far];
    }
    return best;
  };

  const wire = (plot, panel, evidence) => {
    const points = pointsOf(plot, panel);
    points.forEach((point, index) => {
      point.element.setAttribute("tabindex", index === 0 ? "0" : "-1");
      point.element.setAttribute("role", "button");
      point.element.setAttribute("aria-label", spoken(point.row));
    });
    const at = (element) => points.findIndex((point) => point.element === element);
    const go = (index) => {
      const next = points[Math.min(Math.max(index, 0), points.length - 1)];
      points.forEach((point) => point.element.setAttribute("tabindex", point === next ? "0" : "-1"));
      next.element.focus();
    };
    plot.onpointermove = (event) => {
      const point = nearest(points, event);
      plot.classList.toggle("is-near", point !== null);
      if (point) evidence.show(point, false);
    };
    plot.onclick = (event) => {
      const point = nearest(points, event);
      if (point) evidence.show(point, true);
      else evidence.release();
    };
    plot.addEventListener("focusin", (event) => {
      const index = at(event.target);
      if (index >= 0) evidence.show(points[index], false);
    });
    plot.onkeydown = (event) => {
      const index = at(event.target);
      const moves = { ArrowRight: index + 1, ArrowDown: index + 1, ArrowLeft: index - 1, ArrowUp: index - 1, Home: 0, End: points.length };
      if (index < 0) return;
      if (event.key in moves) {
        event.preventDefault();
        go(moves[event.key]);
      } else if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        evidence.show(points[index], true);
        evidence.element.querySelector("a")?.focus();
      } else if (event.key === "Escape") {
        evidence.release();
      }
    };
  };

  const draw = async (panel, evidence) => {
    const plot = document.getElementById(panel.id);
    const rows = panel.rows.map(({ x, t, y, g, s, o, anchor }, i) => ({ x, t, y, g, s, o, anchor, i }));
    const spec = { ...said.specs[panel.spec], datasets: { ...said.specs[panel.spec].datasets, rows } };
    await window.vegaEmbed(plot, spec, {
      actions: false, ast: true, renderer: "svg", defaultStyle: false, tooltip: false,
      config: { font: getComputedStyle(document.body).fontFamily }, formatLocale: numbers,
    });
    wire(plot, panel, evidence);
    plot.dataset.drawn = "yes";
  };

  // The same figures as a table, made when it is opened.
  const fill = (details, panels) => {
    if (details.querySelector("tbody")) return;
    const body = make("tbody", "");
    for (const row of panels.flatMap((panel) => panel.rows)) {
      if (!row.v) continue;
      const article = row.r === undefined ? null : said.articles[row.r];
      body.append(
        make("tr", "",
          make("th", "", row.a || both(row.n)),
          make("td", "", row.p ? both(row.p) : ""),
          make("td", "number", both(row.v)),
          make("td", "", (row.q || []).join("")),
          make("td", "", article ? link(article.u, article.h) : "")));
    }
    details.querySelector("table").append(body);
  };

  const figures = said.figures.map(({ id, panels }) => {
    const element = document.getElementById(id);
    const evidence = new Evidence(element);
    const details = element.querySelector("details.numbers");
    for (const panel of panels) for (const row of panel.rows) row.n ??= panel.name;
    details?.addEventListener("toggle", () => fill(details, panels));
    return { panels, evidence };
  });

  const drawAll = async () => {
    for (const { panels, evidence } of figures) {
      for (const panel of panels) await draw(panel, evidence);
    }
    root.dataset.drawn = "yes";
  };

  window.addEventListener("keydown", (event) => {
    if (event.key === "Escape") figures.forEach(({ evidence }) => evidence.release());
  });
  drawAll();
})();
