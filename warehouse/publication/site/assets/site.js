"use strict";
// What every page does: the switches for language and light, and the line that says which edition this is.
(() => {
  const root = document.documentElement;
  const { publication, kept, keep } = window.cityledger;

  // What the other scripts put a page together with, too.
  const make = (tag, className, ...children) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  };
  const both = (vi, en) => [["vi", vi], ["en", en]].map(([lang, text]) => {
    const span = make("span", lang, text);
    span.lang = lang;
    return span;
  });
  // What data hold as Vietnamese readers write it (11/04/2023, with a time or without), for English ones too.
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const inEnglish = (text) => text.replace(/^(\d\d)\/(\d\d)\/(\d{4})( |$)/, (_, day, month, year, after) => `${Number(day)} ${MONTHS[month - 1]} ${year}${after ? ", " : ""}`);
  const dated = (text) => both(text, inEnglish(text));
  const counted = (number) => both(number.toLocaleString("vi-VN"), number.toLocaleString("en"));
  // How Vega writes the numbers of axes, for the language that is chosen.
  const numerals = () => (root.lang === "en"
    ? { decimal: ".", thousands: ",", grouping: [3], currency: ["", " VND"] }
    : { decimal: ",", thousands: ".", grouping: [3], currency: ["", " ₫"] });
  Object.assign(window.cityledger, { make, both, dated, counted, numerals });

  const speak = (lang) => {
    root.lang = lang;
    root.dataset.lang = lang;
    document.querySelectorAll("[data-say]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.say === lang));
    });
    keep("lang", lang);
    document.dispatchEvent(new Event("cityledger-language"));
  };
  document.querySelectorAll("[data-say]").forEach((button) => {
    button.addEventListener("click", () => speak(button.dataset.say));
  });
  speak(kept("lang") === "en" ? "en" : "vi");

  // On a phone the sections are a row to be swiped: the one that is open is in sight.
  const here = document.querySelector("nav a[aria-current]");
  const row = here?.closest("nav");
  if (row) row.scrollLeft += here.getBoundingClientRect().right - row.getBoundingClientRect().right + 32;

  // A table that is wider than the page says so.
  const hints = new WeakMap();
  const measure = (scroller) => {
    const hint = hints.get(scroller);
    if (hint) hint.hidden = scroller.scrollWidth <= scroller.clientWidth + 1;
  };
  const widths = new ResizeObserver((entries) => entries.forEach(({ target }) => measure(target.closest(".scroll"))));
  for (const scroller of document.querySelectorAll(".scroll")) {
    const hint = make("p", "swipe", ...both("Bảng rộng hơn màn hình: vuốt ngang, hoặc chọn bảng rồi dùng phím mũi tên →", "Wider than the screen: swipe sideways, or focus the table and use the arrow keys →"));
    hint.hidden = true;
    hint.setAttribute("aria-hidden", "true");
    hints.set(scroller, hint);
    scroller.before(hint);
    widths.observe(scroller);
    for (const child of scroller.children) widths.observe(child);
  }

  const theme = document.querySelector("[data-theme-switch]");
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const press = () => theme?.setAttribute("aria-pressed", String(isDark()));
  theme?.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    keep("theme", root.dataset.theme);
    press();
  });
  press();

  if (publication) {
    const edition = make("span", "", ...both("Bản công bố ", "Edition of "), ...dated(publication.published));
    const version = make("span", "", ...both("Mã bản ", "Version "), make("code", "", publication.version));
    document.getElementById("issue")?.append(edition, version);
    for (const place of document.querySelectorAll("[data-edition]")) {
      place.append(...both(`, bản công bố ${publication.published} (${publication.version})`, `, edition of ${inEnglish(publication.published)} (${publication.version})`));
      if (/^https?:$/.test(location.protocol)) place.append(`, ${location.href.split("#")[0]}`);
    }
    const [article, fact] = publication.readers;
    const readers = make("span", "", ` ${publication.program} · `, ...both(`bộ đọc bài ${article}, bộ đọc số liệu ${fact}`, `article reader ${article}, fact reader ${fact}`));
    document.getElementById("colophon")?.firstChild.after(readers, " · ");
  }
})();
