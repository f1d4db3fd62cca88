// The room funnel with sliders. Everything is computed here: five steps, four rates, one amount.
const SVG = "http://www.w3.org/2000/svg";

function money(value, language) {
  const size = Math.abs(value), sign = value < 0 ? "−" : "";
  const cut = (number, digits) => Number(number.toFixed(digits)).toLocaleString("en-US");
  if (language === "zh") {
    if (size >= 99995000) return `${sign}${cut(size / 1e8, 2)}亿元`;
    return size >= 10000 ? `${sign}${cut(size / 1e4, 1)}万元` : `${sign}${cut(size, 0)}元`;
  }
  if (size >= 999500) return `${sign}¥${(size / 1e6).toFixed(2)} M`;
  return size >= 10000 ? `${sign}¥${cut(size / 1e3, 1)} k` : `${sign}¥${cut(size, 0)}`;
}

function count(value, language) {
  const cut = (number, digits) => Number(number.toFixed(digits)).toLocaleString("en-US");
  if (value < 10000) return cut(value, 0);
  if (language === "zh") return value >= 99995000 ? `${cut(value / 1e8, 2)}亿` : `${cut(value / 1e4, 1)}万`;
  return value >= 999500 ? `${cut(value / 1e6, 2)} M` : `${cut(value / 1e3, 1)} k`;
}

function percent(value) {
  const digits = value > 0 && value < 0.0995 ? 2 : 1;
  return `${Number((value * 100).toFixed(digits))}%`;
}

function element(name, attributes = {}, text = "") {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text) node.textContent = text;
  return node;
}

function shape(name, attributes, text = "") {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text) node.textContent = text;
  return node;
}

// People at every step when the first step stays and the rates are these.
function chain(first, rates) {
  return rates.reduce((people, rate) => [...people, people[people.length - 1] * rate], [first]);
}

function paid(data, rates) {
  const people = chain(data.people[0], rates);
  return people[people.length - 1] * data.money_per_buyer * data.scale;
}

function slider(rate, words, onmove) {
  const row = element("div", { class: "fbl-rate" });
  const id = `fbl-${rate.id}-${Math.random().toString(36).slice(2, 8)}`;
  const head = element("label", { for: id }, rate.name);
  const value = element("output", { for: id });
  const input = element("input", { type: "range", id, min: rate.low, max: rate.high, step: "any", "data-rate": rate.id });
  input.value = rate.value;
  const marks = element("div", { class: "fbl-marks" });
  const at = (x) => `${(100 * (x - rate.low)) / (rate.high - rate.low)}%`;
  const now = element("span", { class: "fbl-mark", style: `left:${at(rate.value)}` }, `${words.now} ${percent(rate.value)}`);
  marks.append(now);
  if (rate.peer && rate.peer >= rate.low && rate.peer <= rate.high) {
    marks.append(element("span", { class: "fbl-mark fbl-peer", style: `left:${at(rate.peer)}` }, `${words.peer} ${percent(rate.peer)}`));
  }
  input.addEventListener("input", onmove);
  row.append(head, value, input, marks);
  return { row, input, show: (x) => { value.textContent = percent(x); input.setAttribute("aria-valuetext", percent(x)); } };
}

function bars(data) {
  const height = 46, left = 256, width = 790, svg = shape("svg", { viewBox: `0 0 ${width} ${height * data.people.length}`, role: "img" });
  const rows = data.steps.map((name, n) => {
    const y = n * height;
    const before = shape("rect", { x: left, y: y + 8, height: 26, class: "fbl-before", rx: 2 });
    const bar = shape("rect", { x: left, y: y + 8, height: 26, class: "fbl-bar", rx: 2 });
    const label = shape("text", { x: left - 12, y: y + 26, "text-anchor": "end", class: "fbl-step" }, name);
    const figure = shape("text", { y: y + 26, class: "fbl-count" });
    svg.append(before, bar, label, figure);
    return { before, bar, figure };
  });
  // Steps differ by powers of ten: a square root keeps the last one visible, and every bar carries its figure.
  const length = (people) => 380 * Math.sqrt(people / data.people[0]);
  return {
    svg,
    show(people) {
      people.forEach((value, n) => {
        rows[n].before.setAttribute("width", length(data.people[n]));
        rows[n].bar.setAttribute("width", Math.min(460, length(value)));
        rows[n].figure.setAttribute("x", left + 10 + Math.min(460, Math.max(length(value), length(data.people[n]))));
        rows[n].figure.textContent = count(value, data.language);
      });
      svg.setAttribute("aria-label", data.steps.map((name, n) => `${name} ${count(people[n], data.language)}`).join(", "));
    },
  };
}

function draw(model, el) {
  const data = model.get("data"), words = data.words;
  el.replaceChildren();
  const root = element("section", { class: "fbl fbl-funnel" });
  el.append(root);
  root.append(element("h3", {}, words.title));
  if (!data.ready) { root.append(element("p", { class: "fbl-empty" }, `${words.missing} · ${words.empty}`)); return; }
  const kept = model.get("rates"), start = data.rates.map((rate) => rate.value), base = paid(data, start);
  const answer = element("p", { class: "fbl-answer", "aria-live": "polite" });
  const detail = element("p", { class: "fbl-detail" });
  const picture = bars(data);
  const show = () => {
    const rates = controls.map((control) => Number(control.input.value));
    const total = paid(data, rates), change = total - base;
    controls.forEach((control, n) => control.show(rates[n]));
    picture.show(chain(data.people[0], rates));
    const still = Math.abs(change) < 0.5, word = change > 0 ? words.gain : words.loss;
    answer.textContent = still ? words.same : word.replace("{money}", money(Math.abs(change), data.language));
    answer.classList.toggle("fbl-down", change < -0.5);
    const net = still || data.kept_share === null ? "" : words.net.replace("{money}", money(change * data.kept_share, data.language));
    detail.textContent = [words.sales.replace("{money}", money(total, data.language)), net].filter(Boolean).join(" · ");
  };
  const keep = () => {
    model.set("rates", Object.fromEntries(controls.map((control, n) => [data.rates[n].id, Number(control.input.value)])));
    model.save_changes();
  };
  const controls = data.rates.map((rate) => slider(rate, words, show));
  controls.forEach((control, n) => {
    if (kept[data.rates[n].id]) control.input.value = kept[data.rates[n].id];
    control.input.addEventListener("change", keep);
  });
  const reset = element("button", { type: "button", class: "fbl-reset" }, words.reset);
  reset.addEventListener("click", () => { controls.forEach((c, n) => { c.input.value = data.rates[n].value; }); show(); keep(); });
  const panel = element("div", { class: "fbl-panel" });
  panel.append(...controls.map((control) => control.row), reset);
  const side = element("div", { class: "fbl-side" });
  side.append(answer, detail, picture.svg);
  const body = element("div", { class: "fbl-body" });
  body.append(panel, side);
  const note = element("p", { class: "fbl-note" }, [words.assumes, data.synthetic ? words.synthetic : ""].filter(Boolean).join(" · "));
  root.append(body, note);
  show();
}

export default {
  render({ model, el }) {
    const redraw = () => draw(model, el);
    model.on("change:data", redraw);
    redraw();
    return () => model.off("change:data", redraw);
  },
};
