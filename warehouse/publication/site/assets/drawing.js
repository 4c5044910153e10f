"use strict";
// Draws the charts and shows, for each point, the sentence that its figure was read from, the article, its live page
// and archived copy, and what else was reported of the same.
// Text from portals only ever becomes text nodes; only http(s) addresses become links out of the site.
(() => {
  const root = document.documentElement;
  const { page, publication, specs, flags, make, both, dated, numerals } = window.cityledger;
  const home = root.dataset.root || "";
  const REACH = 44; // px from a point within which a pointer or finger means it

  // A pair of Vietnamese and English, or one text that is the same in both.
  const worded = (words) => {
    if (typeof words === "string") return words;
    const pair = document.createDocumentFragment();
    pair.append(...both(...words));
    return pair;
  };

  const spokenIn = (words) => (typeof words === "string" ? words : words[root.lang === "en" ? 1 : 0]);

  const anchor = (address, text, isOut) => {
    const link = make("a", "", text);
    link.href = address;
    if (isOut) link.rel = "noopener noreferrer";
    return link;
  };

  const quote = (parts) => {
    const block = make("blockquote", "quote");
    block.lang = "vi";
    parts.forEach((part, index) => block.append(index % 2 ? make("mark", "", part) : part));
    return block;
  };

  // The article: its page here, its day, the live page and the archived copy.
  const cite = (number) => {
    const article = page.articles[number];
    const line = make("p", "cite", anchor(home + article.i, article.h));
    if (article.d) line.append(" ", make("span", "when", ...dated(article.d)));
    if (/^https?:\/\//i.test(article.u)) line.append(" · ", anchor(article.u, worded(["trang gốc", "live page"]), true));
    // Where no reader reaches `replay`, the article's page tells the place in the archive.
    const copies = publication?.replay;
    const copy = article.c && (/^https?:/i.test(copies || "") ? copies + article.c : `${home}${article.i}#archived`);
    if (copy) line.append(" · ", anchor(copy, worded(["bản lưu", "archived copy"]), Boolean(copies)));
    return line;
  };

  const tags = (keys) => (keys || []).map((key) => make("span", `tag quiet is-${key}`, worded(flags[key])));

  // What is said of a point, and of each other report of the same.
  const tell = (row) => {
    const head = make("p", "what", make("strong", "", worded(row.v)), " ", worded(row.n));
    if (row.a) head.append(" · ", row.a);
    if (row.p) head.append(" · ", worded(row.p));
    for (const tag of tags(row.k)) head.append(" ", tag);
    const parts = [head];
    if (row.q) parts.push(quote(row.q));
    if (row.r !== undefined) parts.push(cite(row.r));
    for (const other of row.o || []) {
      const said = make("p", "what", ...tags(other.k), " ", make("strong", "", worded(other.v)));
      parts.push(make("div", "other", said, quote(other.q), cite(other.r)));
    }
    for (const item of row.e || []) {
      parts.push(make("p", "cite", make("span", "when", item.d), " ", item.i ? anchor(home + item.i, item.t) : item.t));
    }
    return parts;
  };

  // The strip below a figure: what is known of the point that is pointed at.
  class Evidence {
    constructor(figure) {
      this.element = figure.querySelector(".evidence");
      this.hint = [...this.element.childNodes];
      this.pinned = null;
      this.marked = null;
    }

    show(point, pin) {
      if (this.pinned && !pin) return;
      if (pin) this.pinned = this.pinned === point ? null : point;
      if (this.marked !== point) {
        this.marked?.element.classList.remove("is-on");
        point.element.classList.add("is-on");
        this.element.replaceChildren(...tell(point.row));
        this.marked = point;
      }
      this.element.classList.add("has-point");
      this.element.classList.toggle("is-pinned", this.pinned !== null);
    }

    release() {
      this.pinned = null;
      this.marked?.element.classList.remove("is-on");
      this.marked = null;
      this.element.classList.remove("is-pinned", "has-point");
      this.element.replaceChildren(...this.hint);
    }
  }

  const spoken = (row) =>
    [row.a, spokenIn(row.n), row.p && spokenIn(row.p), spokenIn(row.v), ...(row.k || []).map((key) => spokenIn(flags[key])), (row.q || []).join("")]
      .filter(Boolean)
      .join(", ");

  const MARKS = ".mark-symbol path, .mark-rect.role-mark path";

  const pointsOf = (plot, panel) =>
    [...plot.querySelectorAll(MARKS)]
      .map((element) => ({ element, row: panel.rows[element.__data__.datum.i] }))
      .filter((point) => point.row && point.row.v)
      .sort((one, other) => one.row.x - other.row.x);

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

  const wire = (plot, panel, evidence, signal) => {
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
    }, { signal });
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

  // What the marks are drawn by; what a point says stays out of the chart.
  const DRAWN = ["x", "u", "y", "z", "g", "c", "s", "m", "w", "anchor"];

  const pick = (row) => Object.fromEntries(DRAWN.filter((key) => key in row).map((key) => [key, row[key]]));

  const specOf = (panel) => {
    const spec = specs[panel.spec];
    const rows = panel.rows.map((row, i) => ({ m: "plain", ...pick(row), i }));
    return {
      ...spec,
      height: panel.height,
      params: spec.params.map(({ name }) => ({ name, value: panel.params[name] })),
      datasets: { ...spec.datasets, ...panel.datasets, rows },
    };
  };

  const draw = async (panel, evidence, font, signal) => {
    const plot = document.getElementById(panel.id);
    await window.vegaEmbed(plot, specOf(panel), {
      actions: false, ast: true, renderer: "svg", defaultStyle: false, tooltip: false,
      config: { font }, formatLocale: numerals(),
    });
    // Vega calls each mark a graphics symbol; a screen reader is told of the points, which are buttons.
    plot.querySelectorAll("[role^=graphics]").forEach((element) => {
      for (const name of ["role", "aria-roledescription", "aria-label"]) element.removeAttribute(name);
    });
    wire(plot, panel, evidence, signal);
    plot.dataset.drawn = "yes";
  };

  // The same figures as a table, made when it is opened.
  const fill = (details, panels) => {
    if (details.querySelector("tbody")) return;
    const body = make("tbody", "");
    for (const row of panels.flatMap((panel) => panel.rows)) {
      if (!row.v) continue;
      const article = row.r === undefined ? null : page.articles[row.r];
      const place = make("th", "", row.a || worded(row.n));
      place.scope = "row";
      body.append(
        make("tr", "",
          place,
          make("td", "", row.p ? worded(row.p) : ""),
          make("td", "number", worded(row.v), ...tags(row.k)),
          make("td", "", (row.q || []).join("")),
          make("td", "", article ? anchor(home + article.i, article.h) : "")));
    }
    details.querySelector("table").append(body);
  };

  const figures = page.figures.map(({ id, panels }) => {
    const element = document.getElementById(id);
    const evidence = new Evidence(element);
    const details = element.querySelector("details.numbers");
    for (const panel of panels) {
      for (const row of panel.rows) {
        row.n ??= panel.name || "";
        row.a ??= panel.area;
      }
    }
    details?.addEventListener("toggle", () => fill(details, panels));
    return { panels, evidence };
  });

  // Numbers on axes and what a screen reader is told of points are in the reader's language: drawn again with it.
  let drawing = new AbortController();
  let spoke = root.lang;
  const drawAll = async () => {
    drawing.abort();
    const { signal } = (drawing = new AbortController());
    const font = getComputedStyle(document.body).fontFamily;
    for (const { panels, evidence } of figures) {
      for (const panel of panels) {
        if (signal.aborted) return;
        await draw(panel, evidence, font, signal);
      }
    }
    root.dataset.drawn = "yes";
  };
  document.addEventListener("cityledger-language", () => {
    if (root.lang === spoke) return;
    spoke = root.lang;
    delete root.dataset.drawn;
    figures.forEach(({ evidence }) => evidence.release());
    drawAll();
  });

  window.addEventListener("keydown", (event) => {
    if (event.key === "Escape") figures.forEach(({ evidence }) => evidence.release());
  });
  drawAll();
})();
