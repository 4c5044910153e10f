"use strict";
// Asks the published database in the browser: DuckDB runs in a worker and reads of the file only what it needs.
(() => {
  const { make, both, dated, numerals } = window.cityledger;
  const root = document.documentElement;
  const place = document.querySelector(".asking");
  const statement = document.getElementById("statement");
  const ask = document.getElementById("ask");
  const saveCsv = document.getElementById("ask-csv");
  const chart = document.getElementById("ask-chart");
  const status = document.getElementById("ask-status");
  const trouble = document.getElementById("ask-error");
  const plot = document.getElementById("ask-plot");
  const answer = document.getElementById("answer");
  const SHOWN = 500;
  const MOST = 100000; // rows; what is more is not fetched
  const COLORS = ["sea", "accent", "leaf", "sand"];

  const tell = (vi, en) => status.replaceChildren(...both(vi, en));
  const load = (address) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${address}: ?`));
    document.head.append(script);
  });

  // ---- The engine, started by the first question ----

  // The machine code is packed by gzip; a host may have unpacked it on the way.
  const unpacked = async (address) => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    const bytes = await response.arrayBuffer();
    const [first, second] = new Uint8Array(bytes, 0, 2);
    let stream = new Blob([bytes]).stream();
    if (first === 0x1f && second === 0x8b) stream = stream.pipeThrough(new DecompressionStream("gzip"));
    const whole = await new Response(stream).arrayBuffer();
    return URL.createObjectURL(new Blob([whole], { type: "application/wasm" }));
  };

  const start = async () => {
    const engine = place.dataset.engine;
    tell("Đang tải DuckDB …", "Loading DuckDB …");
    const [, machine] = await Promise.all([load(`${engine}/duckdb.js`), unpacked(`${engine}/duckdb.wasm.gz`)]);
    const { AsyncDuckDB, DuckDBDataProtocol, VoidLogger } = window.duckdb;
    const database = new AsyncDuckDB(new VoidLogger(), new Worker(`${engine}/duckdb-worker.js`));
    await database.instantiate(machine);
    URL.revokeObjectURL(machine);
    await database.open({ query: { castTimestampToDate: false }, filesystem: { allowFullHTTPReads: true } });
    // A server that follows the publications gives pieces of this edition alone.
    const edition = window.cityledger.publication?.version || "";
    const address = new URL(`${place.dataset.database}?version=${edition}`, location.href).href;
    await database.registerFileURL("cityledger.duckdb", address, DuckDBDataProtocol.HTTP, false);
    const connection = await database.connect();
    for (const line of [
      "set autoinstall_known_extensions = false",
      "set autoload_known_extensions = false",
      "attach 'cityledger.duckdb' as cityledger (read_only)",
      // Table macros of an attached file are found where it is the one in use.
      "use cityledger.marts",
    ]) await connection.query(line);
    return connection;
  };
  let engine = null;
  const started = () => {
    engine ??= start().catch((error) => {
      engine = null;
      throw error;
    });
    return engine;
  };

  // ---- Values ----

  // Decimals come as 128 bits in words of 32, least first.
  const decimal = (words, scale) => {
    let number = 0n;
    for (let index = words.length - 1; index >= 0; index -= 1) number = (number << 32n) | BigInt(words[index]);
    number = BigInt.asIntN(words.length * 32, number);
    const digits = (number < 0n ? -number : number).toString().padStart(scale + 1, "0");
    const whole = digits.slice(0, digits.length - scale);
    const rest = scale ? digits.slice(-scale).replace(/0+$/, "") : "";
    return `${number < 0n ? "-" : ""}${whole}${rest ? `.${rest}` : ""}`;
  };
  const two = (number) => String(number).padStart(2, "0");
  const day = (moment) => `${moment.getUTCFullYear()}-${two(moment.getUTCMonth() + 1)}-${two(moment.getUTCDate())}`;
  const time = (moment) => `${day(moment)} ${two(moment.getUTCHours())}:${two(moment.getUTCMinutes())}:${two(moment.getUTCSeconds())}`;

  // Text as a program writes it; what is shown is written from it as Vietnamese readers do.
  const plain = (value, type) => {
    const { DataType } = window.duckdb;
    if (value === null || value === undefined) return null;
    if (DataType.isDecimal(type)) return decimal(value, type.scale);
    if (DataType.isDate(type)) return day(new Date(Number(value)));
    if (DataType.isTimestamp(type)) return time(new Date(Number(value)));
    if (DataType.isList(type)) return JSON.stringify([...value].map((one) => plain(one, type.children[0].type)));
    if (typeof value === "object") return JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? Number(inner) : inner));
    return String(value);
  };
  const isNumeric = (type) => {
    const { DataType } = window.duckdb;
    return DataType.isInt(type) || DataType.isFloat(type) || DataType.isDecimal(type);
  };
  const shown = (text, column) => {
    if (text === null) return [""];
    if (column.isNumber && /^-?\d+(\.\d+)?$/.test(text)) {
      const [whole, rest] = text.replace("-", "−").split(".");
      const written = (point, comma) => {
        const groups = column.isYear ? whole : whole.replace(/\B(?=(\d{3})+$)/g, comma);
        return rest ? `${groups}${point}${rest.slice(0, 6)}` : groups;
      };
      return both(written(",", "."), written(".", ","));
    }
    const date = column.isDate && /^(\d{4})-(\d\d)-(\d\d)(.*)$/.exec(text);
    return date ? dated(`${date[3]}/${date[2]}/${date[1]}${date[4]}`) : [text];
  };

  // ---- Question and answer ----

  let result = null;

  const fetchRows = async (connection, sql) => {
    const reader = await connection.send(sql, true);
    let columns = null;
    const rows = [];
    let isCut = false;
    for await (const batch of reader) {
      const fields = batch.schema.fields;
      columns ??= fields.map(({ name, type }) => ({
        name, type, isNumber: isNumeric(type), isYear: /year|năm|^nam$/i.test(name),
        isDate: window.duckdb.DataType.isDate(type) || window.duckdb.DataType.isTimestamp(type),
      }));
      const vectors = fields.map((_, index) => batch.getChildAt(index));
      for (let row = 0; row < batch.numRows; row += 1) {
        if (rows.length === MOST) {
          isCut = true;
          break;
        }
        rows.push(vectors.map((vector, index) => plain(vector.get(row), columns[index].type)));
      }
      if (isCut) break;
    }
    if (isCut) await connection.cancelSent();
    return { columns: columns || [], rows, isCut };
  };

  const cell = (text, column) => {
    const item = make("td", column.isNumber ? "number" : "");
    if (/^https?:\/\/\S+$/.test(text || "")) {
      const link = make("a", "", text);
      link.href = text;
      link.rel = "noopener noreferrer";
      item.append(link);
    } else {
      item.append(...shown(text, column));
    }
    return item;
  };

  const show = () => {
    const { columns, rows } = result;
    const head = make("tr", "", ...columns.map((column) => {
      const heading = make("th", column.isNumber ? "number" : "", column.name);
      heading.scope = "col";
      return heading;
    }));
    answer.querySelector("thead").replaceChildren(head);
    answer.querySelector("tbody").replaceChildren(...rows.slice(0, SHOWN).map((row) =>
      make("tr", "", ...row.map((text, index) => cell(text, columns[index])))));
    answer.hidden = false;
    saveCsv.disabled = !rows.length;
    chart.disabled = !chartable();
  };

  const run = async () => {
    ask.disabled = true;
    trouble.hidden = true;
    root.dataset.answered = "no";
    try {
      const connection = await started();
      tell("Đang chạy …", "Running …");
      const before = performance.now();
      result = await fetchRows(connection, statement.value);
      const seconds = (performance.now() - before) / 1000;
      show();
      const { rows, isCut } = result;
      const count = rows.length.toLocaleString("vi-VN");
      const cutVi = rows.length > SHOWN ? `; dưới đây là ${SHOWN} dòng đầu${isCut ? ", còn nữa không tải về" : ", tất cả ở trong CSV"}` : "";
      const cutEn = rows.length > SHOWN ? `; the first ${SHOWN} are below${isCut ? ", more were not fetched" : ", all of them in the CSV"}` : "";
      tell(
        `${count} dòng, ${seconds.toLocaleString("vi-VN", { maximumFractionDigits: 2 })} giây${cutVi}`,
        `${rows.length.toLocaleString("en")} rows, ${seconds.toFixed(2)} seconds${cutEn}`);
      if (chart.getAttribute("aria-pressed") === "true") await draw();
    } catch (error) {
      status.replaceChildren();
      const words = String(error.message || error);
      trouble.replaceChildren(words);
      // What the engine says where it would fetch an extension: it may fetch nothing.
      if (/table index is out of bounds|extension/i.test(words)) {
        trouble.append(" ", ...both(
          "(Câu này có lẽ cần một phần mở rộng của DuckDB, ví dụ icu cho múi giờ, mà trình duyệt không có: hãy dùng cột ngày như published_date thay cho reported_at.)",
          "(It may need an extension of DuckDB that is not in the browser, such as icu for time zones: take a date such as published_date for reported_at.)"));
      }
      trouble.hidden = false;
    } finally {
      ask.disabled = false;
      root.dataset.answered = "yes";
    }
  };

  // ---- CSV: as a program reads it, and no cell a formula ----

  const quoted = (text, column) => {
    if (text === null) return "";
    const safe = !column.isNumber && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const save = () => {
    const { columns, rows } = result;
    const lines = [columns.map(({ name }) => quoted(name, {})).join(","), ...rows.map((row) => row.map((text, index) => quoted(text, columns[index])).join(","))];
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv" }));
    link.download = "cityledger.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  // ---- Chart: the first column along, the numbers after it up ----

  const chartable = () => {
    const numbers = result.columns.map((column, index) => (column.isNumber && index > 0 ? index : -1)).filter((index) => index > 0).slice(0, COLORS.length);
    return numbers.length && result.rows.length ? numbers : null;
  };

  const draw = async () => {
    const numbers = chartable();
    plot.hidden = !numbers;
    if (!numbers) return;
    if (!window.vegaEmbed) await load("assets/vega.js");
    const [along] = result.columns;
    const isTime = along.isDate || result.rows.every(([text]) => /^\d{4}(-\d\d)?(-\d\d)?$/.test(text || ""));
    const rows = result.rows.slice(0, isTime ? 2000 : 40).flatMap((row, order) =>
      numbers.map((index) => ({ x: row[0], y: row[index] === null ? null : Number(row[index]), g: result.columns[index].name, order })));
    const names = numbers.map((index) => result.columns[index].name);
    const color = { field: "g", type: "nominal", title: null, sort: null, scale: { domain: names, range: COLORS.slice(0, names.length).map((name) => `var(--${name})`) }, legend: names.length > 1 ? { orient: "top" } : null };
    const value = { field: "y", type: "quantitative", title: names.length > 1 ? null : names[0] };
    const spec = isTime
      ? { mark: { type: "line", point: true, strokeWidth: 2 }, encoding: { x: { field: "x", type: along.isDate ? "temporal" : "ordinal", title: along.name, axis: along.isDate ? { format: "%m/%Y" } : {} }, y: value, color } }
      : { mark: { type: "bar" }, encoding: { y: { field: "x", type: "nominal", sort: null, title: null, axis: { labelLimit: 260 } }, x: value, color, yOffset: names.length > 1 ? { field: "g" } : undefined } };
    await window.vegaEmbed(plot, {
      ...spec, data: { values: rows }, width: "container", height: isTime ? 320 : { step: 20 },
      autosize: { type: "fit-x", contains: "padding" }, background: "transparent",
      config: {
        font: getComputedStyle(document.body).fontFamily, view: { stroke: null },
        axis: { labelColor: "var(--ink-2)", titleColor: "var(--ink-2)", gridColor: "var(--rule)", domainColor: "var(--ink-3)", tickColor: "var(--ink-3)" },
        legend: { labelColor: "var(--ink-2)" },
      },
    }, { actions: false, ast: true, renderer: "svg", defaultStyle: false, tooltip: false, formatLocale: numerals() });
    // The table below says the same; Vega's own roles name every mark a picture without a name.
    const picture = plot.querySelector("svg");
    picture.querySelectorAll("[role]").forEach((element) => element.removeAttribute("role"));
    picture.setAttribute("aria-hidden", "true");
    plot.dataset.drawn = "yes";
  };

  ask.addEventListener("click", run);
  statement.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    }
  });
  document.querySelectorAll(".example").forEach((button) => {
    button.addEventListener("click", () => {
      statement.value = button.dataset.statement;
      run();
    });
  });
  saveCsv.addEventListener("click", save);
  chart.addEventListener("click", () => {
    const isOn = chart.getAttribute("aria-pressed") !== "true";
    chart.setAttribute("aria-pressed", String(isOn));
    plot.hidden = !isOn;
    if (isOn) draw();
  });
  if (location.protocol === "file:") {
    document.getElementById("needs-server").hidden = false;
    for (const button of document.querySelectorAll(".asking button")) button.disabled = true;
  }
})();
