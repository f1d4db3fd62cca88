// The scorecard: every name of a field, basic or capability, and every cell, opens the findings behind it.
function element(name, attributes = {}, text = "") {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text) node.textContent = text;
  return node;
}

function tone(cell) {
  if (cell.state === "gated") return "fbl-gated";
  const read = { good: "fbl-good", normal: "fbl-normal", poor: "fbl-poor" }[cell.verdict]; // as the report reads it
  if (read || cell.value === null) return read || "fbl-missing";
  return cell.value >= 60 ? "fbl-good" : cell.value >= 40 ? "fbl-normal" : "fbl-poor";
}

function button(cell, open, withName) {
  const node = element("button", { type: "button", class: `fbl-cell ${tone(cell)}`, "data-area": cell.area });
  if (withName) node.append(element("span", { class: "fbl-name" }, cell.name));
  node.append(element("span", { class: "fbl-figure" }, cell.text));
  if (cell.basis) node.append(element("span", { class: "fbl-basis" }, cell.basis));
  node.addEventListener("click", () => open(cell.area));
  return node;
}

function share(field) {
  const box = element("div", { class: "fbl-share" });
  if (field.share !== null) {
    const bar = element("div", { class: `fbl-sharebar fbl-${field.area}` });
    bar.style.width = `${Math.min(100, 100 * field.share)}%`;
    box.append(bar);
  }
  box.append(element("span", {}, field.share_text));
  return box;
}

function matrix(data, open) {
  const table = element("table", { class: "fbl-matrix" });
  const head = element("tr");
  head.append(element("th"), ...data.columns.map((name) => element("th", { scope: "col" }, name)));
  table.append(head);
  for (const field of data.fields) {
    const row = element("tr"), name = element("th", { scope: "row" });
    const link = element("button", { type: "button", class: "fbl-link", "data-area": field.area });
    link.textContent = `${field.area} ${field.name}`;
    link.addEventListener("click", () => open(field.area));
    name.append(link);
    const amount = element("td");
    amount.append(share(field));
    row.append(name, amount);
    for (const cell of field.cells) {
      const td = element("td");
      td.append(button(cell, open, false));
      row.append(td);
    }
    table.append(row);
  }
  return table;
}

function strip(title, cells, open) {
  const box = element("div", { class: "fbl-strip" });
  box.append(element("p", { class: "fbl-head" }, title));
  const line = element("div", { class: "fbl-line" });
  line.append(...cells.map((cell) => button(cell, open, true)));
  box.append(line);
  return box;
}

function card(finding) {
  const box = element("article", { class: `fbl-finding fbl-${finding.severity}` });
  const head = element("p", { class: "fbl-title" });
  head.append(element("span", { class: "fbl-label" }, finding.label), document.createTextNode(finding.title));
  box.append(head, element("p", {}, finding.text));
  if (finding.worth) box.append(element("p", { class: "fbl-worth" }, finding.worth));
  return box;
}

function draw(model, el) {
  const data = model.get("data");
  el.replaceChildren();
  const root = element("section", { class: "fbl fbl-scorecard" });
  el.append(root);
  const drill = element("div", { class: "fbl-drill", "aria-live": "polite" });
  const show = (area) => {
    root.querySelectorAll("[data-area]").forEach((node) => node.classList.toggle("fbl-on", node.dataset.area === area));
    drill.replaceChildren();
    if (!area) { drill.append(element("p", { class: "fbl-empty" }, data.words.pick)); return; }
    const found = data.findings[area] || [];
    if (found.length) drill.append(...found.map(card));
    else drill.append(element("p", { class: "fbl-empty" }, data.words.none));
  };
  const open = (area) => { model.set("selected", area); model.save_changes(); show(area); };
  root.append(element("p", { class: "fbl-verdict" }, data.verdict));
  if (data.synthetic) root.append(element("p", { class: "fbl-synthetic" }, data.synthetic));
  root.append(matrix(data, open), strip(data.words.basics, data.basics, open));
  root.append(strip(data.words.capabilities, data.capabilities, open), drill);
  show(model.get("selected"));
}

export default {
  render({ model, el }) {
    const redraw = () => draw(model, el);
    model.on("change:data", redraw);
    redraw();
    return () => model.off("change:data", redraw);
  },
};
