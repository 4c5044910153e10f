"use strict";
// What every page does: the switches for language and light, and the line that says which edition this is.
(() => {
  const root = document.documentElement;
  const { publication, kept, keep } = window.cityledger;

  const speak = (lang) => {
    root.lang = lang;
    root.dataset.lang = lang;
    document.querySelectorAll("[data-say]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.say === lang));
    });
    keep("lang", lang);
  };
  document.querySelectorAll("[data-say]").forEach((button) => {
    button.addEventListener("click", () => speak(button.dataset.say));
  });
  speak(kept("lang") === "en" ? "en" : "vi");

  // On a phone the sections are a row to be swiped: the one that is open is in sight.
  const here = document.querySelector("nav a[aria-current]");
  const row = here?.closest("nav");
  if (row) row.scrollLeft += here.getBoundingClientRect().right - row.getBoundingClientRect().right + 32;

  const theme = document.querySelector("[data-theme-switch]");
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const press = () => theme?.setAttribute("aria-pressed", String(isDark()));
  theme?.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    keep("theme", root.dataset.theme);
    press();
  });
  press();

  const span = (text, lang) => {
    const element = document.createElement("span");
    element.textContent = text;
    if (lang) [element.className, element.lang] = [lang, lang];
    return element;
  };
  const both = (vi, en) => [span(vi, "vi"), span(en, "en")];
  if (publication) {
    const edition = span("");
    edition.append(...both("Bản công bố ", "Edition "), publication.published);
    const code = document.createElement("code");
    code.textContent = publication.version;
    const version = span("");
    version.append(...both("Mã bản ", "Version "), code);
    document.getElementById("issue")?.append(edition, version);
    for (const place of document.querySelectorAll("[data-edition]")) {
      place.append(...both(`, bản công bố ${publication.published} (${publication.version})`, `, edition of ${publication.published} (${publication.version})`));
      if (/^https?:$/.test(location.protocol)) place.append(`, ${location.href.split("#")[0]}`);
    }
    const [article, fact] = publication.readers;
    const readers = span("");
    readers.append(` ${publication.program} · `, ...both(`bộ đọc bài ${article}, bộ đọc số liệu ${fact}`, `article reader ${article}, fact reader ${fact}`));
    document.getElementById("colophon")?.firstChild.after(readers, " · ");
  }
})();
