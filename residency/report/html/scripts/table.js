// The table: one page of the chosen rows, so that ten thousand of them cost no more than fifty.

const HEADS = [
  ["outcome", "Outcome"],
  ["rule", "Rule"],
  ["resource", "Resource"],
  ["type", "Type"],
  ["kind", "Kind"],
  ["location", "Location"],
  ["countries", "Countries"],
  ["where", "Where"],
];

class Table {
  constructor() {
    this.rows = DATA.rows;
    this.sort = { name: "", direction: 1 };
    this.page = 0;
    this.size = 50;
    this.heads = new Map(HEADS.map(([name, title]) => [name, this.head(name, title)]));
    this.body = element("tbody");
    this.pages = element("nav", { class: "pages", "aria-label": "Pages of the table" });
    const heads = element("thead", {}, element("tr", {}, ...this.heads.values()));
    const caption = element("caption", { class: "unseen" }, "All verdicts; the headings sort");
    const table = element("table", { class: "verdicts" }, caption, heads, this.body);
    this.made = element("div", {}, element("div", { class: "wide" }, table), this.pages);
  }

  head(name, title) {
    const sign = element("span", { class: "direction", "aria-hidden": "true" });
    const button = element("button", { type: "button", onclick: () => this.sortBy(name) }, title, sign);
    return element("th", { scope: "col", "aria-sort": "none", class: name }, button);
  }

  // Once up, once down, then the report's own order again.
  sortBy(name) {
    if (this.sort.name !== name) {
      this.sort = { name, direction: 1 };
    } else {
      this.sort = this.sort.direction === 1 ? { name, direction: -1 } : { name: "", direction: 1 };
    }
    for (const [each, head] of this.heads) {
      const direction = each === this.sort.name ? this.sort.direction : 0;
      head.setAttribute("aria-sort", direction ? (direction > 0 ? "ascending" : "descending") : "none");
      head.querySelector(".direction").textContent = direction ? (direction > 0 ? " \u25b2" : " \u25bc") : "";
    }
    this.show(this.rows);
  }

  show(rows) {
    this.rows = rows;
    this.ordered = this.sort.name ? sorted(rows, this.sort.name, this.sort.direction) : rows;
    this.turn(0);
  }

  turn(page) {
    this.page = page;
    const begin = page * this.size;
    const shown = this.ordered.slice(begin, begin + this.size);
    this.body.replaceChildren(...shown.map((row) => this.row(row)));
    if (shown.length === 0) {
      const none = element("td", { colspan: HEADS.length, class: "none" }, "No verdict fits.");
      this.body.append(element("tr", {}, none));
    }
    this.showPages(begin, shown.length);
  }

  showPages(begin, count) {
    const last = Math.max(0, Math.ceil(this.ordered.length / this.size) - 1);
    const told = count ? `${number(begin + 1)} to ${number(begin + count)} of ${number(this.ordered.length)}` : "";
    const turns = [
      ["First", 0, this.page > 0],
      ["Previous", this.page - 1, this.page > 0],
      ["Next", this.page + 1, this.page < last],
      ["Last", last, this.page < last],
    ];
    const buttons = turns.map(([name, page, can]) =>
      element("button", { type: "button", disabled: can ? null : "", onclick: () => this.turnTo(name, page) }, name),
    );
    this.pages.replaceChildren(...(last ? buttons : []), element("span", {}, told));
  }

  // The button that was pressed is made anew; the focus stays on it, or on the one that is left.
  turnTo(name, page) {
    this.turn(page);
    const able = [...this.pages.querySelectorAll("button:not([disabled])")];
    (able.find((button) => button.textContent === name) ?? able[0])?.focus();
  }

  row(row) {
    const outcome = cell(row, "outcome");
    const open = element("button", { type: "button", class: "open", "aria-expanded": "false" }, badge(outcome));
    const cells = HEADS.slice(1).map(([name, title]) =>
      element("td", { class: name, "data-title": title }, ...this.content(row, name)),
    );
    const first = element("td", { class: "outcome", "data-title": "Outcome" }, open);
    const made = element("tr", { class: `verdict ${outcome}` }, first, ...cells);
    made.addEventListener("click", () => this.toggle(row, made, open));
    return made;
  }

  content(row, name) {
    const text = cell(row, name);
    if (name === "countries") {
      return [countryNames(text) || cell(row, "beside")];
    }
    if (name === "where" || name === "type") {
      return breakable(text, name === "where" ? "/" : ":");
    }
    return [name === "location" && !text ? "not known" : text];
  }

  toggle(row, made, open) {
    const isOpen = open.getAttribute("aria-expanded") === "true";
    if (!isOpen) {
      made.after(element("tr", { class: "more" }, element("td", { colspan: HEADS.length }, details(row))));
    } else {
      made.nextElementSibling.remove();
    }
    open.setAttribute("aria-expanded", String(!isOpen));
  }
}
