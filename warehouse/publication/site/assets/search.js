"use strict";
// Finds areas, indicators, persons, meetings and articles by words, whatever their diacritics. Of the index only the
// scripts of the words that are typed are loaded, and the names of what is shown.
(() => {
  const { make, both, dated, counted } = window.cityledger;
  const form = document.getElementById("finding");
  const input = document.getElementById("words");
  const list = document.getElementById("found");
  const status = document.getElementById("found-count");
  const chips = document.getElementById("found-kinds");
  const more = document.getElementById("found-more");
  const folder = "data/search/";
  const PAGE = 20;
  const RANKED = 120; // documents whose names are looked at to settle the order
  const IN_TITLE = 3;
  const BESIDE = 1;
  const BY_KIND = [2.4, 2.2, 2, 1.6, 1.5, 1, 1]; // an area or indicator is what one mostly looks for

  const SERIES = 2; // the kind of an area's indicator

  // ---- The index, script by script ----

  class Missing extends Error {}
  const loaded = new Map();
  const taken = new Map();
  const load = (name) => {
    if (!loaded.has(name)) {
      loaded.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${folder}${name}.js`;
        script.onload = () => resolve(taken.get(name));
        script.onerror = () => {
          loaded.delete(name); // The next question asks for it again.
          script.remove();
          reject(new Missing(name));
        };
        document.head.append(script);
      }));
    }
    return loaded.get(name);
  };
  window.cityledger.found = (name, stamp, data) => {
    // A new edition was put in place while this page was open: its numbers are others. Once for each edition: a
    // host that goes on giving pieces of two must not have the page load for ever.
    const { kept, keep, search } = window.cityledger;
    if (stamp !== search.stamp && kept("found") !== `${search.stamp} ${stamp}`) {
      keep("found", `${search.stamp} ${stamp}`);
      location.reload();
    }
    taken.set(name, data);
  };

  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replaceAll("đ", "d");
  const words = (text) => fold(text).match(/[a-z0-9]+/g) || [];

  const eachOf = (steps, visit) => {
    if (!steps) return;
    let document_ = 0;
    for (const step of steps.split(" ")) visit((document_ += Number(step)));
  };

  // ---- Which documents, and how well they fit ----

  // What one word says of documents: the best of its places; the last word may still be typed.
  const scoresOf = async (word, isUnfinished) => {
    const { prefixes, count } = window.cityledger.search;
    const prefix = word.slice(0, 2);
    const scores = new Map();
    const names = isUnfinished && word.length === 1 ? prefixes.filter((one) => one[0] === word).slice(0, 12) : prefixes.filter((one) => one === prefix);
    for (const shard of await Promise.all(names.map((one) => load(`w-${one}`)))) {
      const fitting = isUnfinished ? Object.keys(shard).filter((one) => one.startsWith(word)) : Object.hasOwn(shard, word) ? [word] : [];
      for (const one of fitting) {
        const share = one === word ? 1 : 0.6;
        const put = (weight) => (at) => {
          if (!(scores.get(at) >= weight)) scores.set(at, weight);
        };
        eachOf(shard[one][0], put(IN_TITLE * share));
        eachOf(shard[one][1], put(BESIDE * share));
      }
    }
    const rarity = Math.log(1 + count / (1 + scores.size));
    for (const [at, score] of scores) scores.set(at, score * rarity);
    return scores;
  };

  const kindOf = (at) => {
    const { firsts } = window.cityledger.search;
    let kind = 0;
    firsts.forEach((first, index) => {
      if (first >= 0 && first <= at) kind = index;
    });
    return kind;
  };

  // Documents that hold all of the words, or else most of them, best first.
  const fitting = async (typed, isUnfinished) => {
    const all = await Promise.all(typed.map((word, index) => scoresOf(word, isUnfinished && index === typed.length - 1)));
    const held = new Map();
    for (const scores of all) {
      for (const [at, score] of scores) {
        const sum = held.get(at) || [0, 0];
        held.set(at, [sum[0] + 1, sum[1] + score]);
      }
    }
    let most = 0;
    for (const [count] of held.values()) most = Math.max(most, count);
    const hits = [];
    for (const [at, [count, score]] of held) if (count === most) hits.push({ at, kind: kindOf(at), score });
    // Where an area or an indicator alone is meant, its many series come after all else.
    const isPlain = hits.some(({ kind }) => kind < SERIES);
    for (const hit of hits) hit.score *= isPlain && hit.kind === SERIES ? 0.2 : BY_KIND[hit.kind];
    return hits.sort((one, other) => other.score - one.score || one.at - other.at);
  };

  const named = async (hits) => {
    const { block } = window.cityledger.search;
    const blocks = [...new Set(hits.map(({ at }) => Math.floor(at / block)))];
    const rows = new Map(await Promise.all(blocks.map(async (number) => [number, await load(`d-${number}`)])));
    for (const hit of hits) hit.row = rows.get(Math.floor(hit.at / block))[hit.at % block];
    return hits;
  };

  // Words that stand together, at the beginning or as they were typed count for more.
  const ranked = async (hits, typed) => {
    const first = await named(hits.slice(0, RANKED));
    const phrase = words(typed).join(" ");
    const asTyped = typed.trim().toLowerCase().normalize("NFC");
    for (const hit of first) {
      const title = words(hit.row[1]).join(" ");
      if (` ${title} `.includes(` ${phrase}`)) hit.score *= 1.6;
      if (title.startsWith(phrase)) hit.score *= 1.25;
      if (title === phrase) hit.score *= 1.5;
      if (hit.row[1].toLowerCase().includes(asTyped)) hit.score *= 1.15;
    }
    first.sort((one, other) => other.score - one.score || one.at - other.at);
    return [...first, ...hits.slice(RANKED)];
  };

  // ---- What is shown ----

  const marked = (text, typed) => {
    const parts = [];
    let last = 0;
    for (const match of text.normalize("NFC").matchAll(/[\p{L}\p{N}]+/gu)) {
      const word = fold(match[0]);
      const hit = typed.find((one) => word.startsWith(one));
      if (!hit) continue;
      parts.push(text.slice(last, match.index), make("mark", "", match[0].slice(0, hit.length)));
      last = match.index + hit.length;
    }
    return [...parts, text.slice(last)];
  };

  const kinds = JSON.parse(document.getElementById("kinds").textContent);
  let answer = { hits: [], typed: [] };
  let kind = null;
  let shown = PAGE;

  const draw = async () => {
    const mine = answer;
    const some = mine.hits.filter((hit) => kind === null || hit.kind === kind);
    const page = await named(some.slice(0, shown));
    if (mine !== answer) return;
    list.replaceChildren(...page.map(({ row: [number, title, detail, day, address] }) => {
      const link = make("a", "", ...marked(title, mine.typed));
      link.href = address;
      const head = make("p", "title", link);
      const line = make("p", "cite", make("span", "kind", ...both(...kinds[number])));
      if (day) line.append(" · ", make("span", "when", ...dated(day)));
      if (detail) line.append(" · ", ...marked(detail, mine.typed));
      return make("li", "", head, line);
    }));
    more.hidden = some.length <= shown;
    const number = some.length.toLocaleString("vi-VN");
    status.replaceChildren(...(mine.typed.length ? both(`${number} kết quả`, `${some.length.toLocaleString("en")} results`) : []));
    document.documentElement.dataset.found = mine.typed.join(" ");
  };

  const offer = () => {
    const counts = kinds.map((_, index) => answer.hits.filter((hit) => hit.kind === index).length);
    const button = (index, label, count) => {
      const element = make("button", "", ...both(...label), " ", ...counted(count));
      element.type = "button";
      element.setAttribute("aria-pressed", String(kind === index));
      element.onclick = () => {
        kind = index;
        shown = PAGE;
        offer();
        draw().catch(fail);
      };
      return element;
    };
    const some = kinds.map((label, index) => (counts[index] ? button(index, label, counts[index]) : null));
    chips.replaceChildren(...(answer.hits.length ? [button(null, ["Tất cả", "All"], answer.hits.length), ...some.filter(Boolean)] : []));
  };

  // A piece of the index is not there: a host that copied the site in part, or a connection that broke.
  const fail = (error) => {
    if (!(error instanceof Missing)) throw error;
    list.replaceChildren();
    chips.replaceChildren();
    more.hidden = true;
    status.replaceChildren(...both(
      `Không tải được ${folder}${error.message}.js, một phần của chỉ mục tìm kiếm. Hãy thử lại; nếu vẫn vậy, bản sao của trang này thiếu tệp: cần chép đủ cả thư mục site.`,
      `${folder}${error.message}.js, a part of the search index, could not be loaded. Try again; if it stays so, this copy of the site lacks files: all of its folder must be copied.`));
    document.documentElement.dataset.found = "!";
  };

  let asked = 0;
  const find = async () => {
    const turn = (asked += 1);
    const text = input.value;
    let typed = words(text);
    const isUnfinished = !/\s$/.test(text);
    // One letter alone says nothing yet beside other words.
    if (typed.length > 1 && isUnfinished && typed.at(-1).length === 1 && !/\d/.test(typed.at(-1))) typed = typed.slice(0, -1);
    let hits = [];
    try {
      if (!window.cityledger.search) throw new Missing("index");
      hits = typed.length ? await ranked(await fitting(typed, isUnfinished), text) : [];
    } catch (error) {
      if (turn === asked) fail(error);
      return;
    }
    if (turn !== asked) return;
    answer = { hits, typed };
    kind = null;
    shown = PAGE;
    offer();
    try {
      await draw();
    } catch (error) {
      fail(error);
      return;
    }
    try {
      history.replaceState(null, "", typed.length ? `?q=${encodeURIComponent(text)}` : location.pathname);
    } catch {
      // A page opened from a folder may not change its address.
    }
  };

  const links = () => [...list.querySelectorAll("a")];
  const move = (event) => {
    const all = links();
    const at = all.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && all.length) {
      event.preventDefault();
      (all[at + 1] || all.at(-1)).focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (all[at - 1] || input).focus();
    } else if (event.key === "Escape" && at >= 0) {
      input.focus();
    }
  };

  let waiting = null;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(find, 60);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    find();
  });
  form.addEventListener("keydown", move);
  list.addEventListener("keydown", move);
  more.addEventListener("click", () => {
    const last = shown;
    shown += PAGE;
    draw().then(() => links()[last]?.focus(), fail);
  });
  input.value = new URLSearchParams(location.search).get("q") || "";
  input.focus();
  find();
})();
