"use strict";
// Runs before anything is shown: a page appears at once in the reader's language and light, and never flips.
window.cityledger = {
  // What the reader chose, kept between pages; a page opened from a folder may have no storage.
  kept(name) {
    try {
      return localStorage.getItem(`cityledger-${name}`);
    } catch {
      return null;
    }
  },
  keep(name, value) {
    try {
      localStorage.setItem(`cityledger-${name}`, value);
    } catch {
      // The switch still works for this page.
    }
  },
};
(() => {
  const root = document.documentElement;
  const lang = window.cityledger.kept("lang") === "en" ? "en" : "vi";
  root.lang = lang;
  root.dataset.lang = lang;
  const theme = window.cityledger.kept("theme");
  if (theme === "dark" || theme === "light") root.dataset.theme = theme;
})();
