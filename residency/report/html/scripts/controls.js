// Search and filters above the table.

class Controls {
  constructor(table) {
    this.table = table;
    this.search = element("input", { type: "search", placeholder: "name, type, region, reason" });
    this.search.addEventListener("input", () => this.apply());
    this.outcomes = new Map(STANDINGS.map((standing) => [standing, this.outcome(standing)]));
    this.selects = new Map([
      ["rule", this.select("rule", tally("rule"), (rule) => `${rule} ${DATA.rules[rule] ?? ""}`)],
      ["kind", this.select("kind", tally("kind"), (kind) => kind)],
      ["country", this.select("country", this.places(), placeName)],
      ["target", this.select("target", tally("target"), (target) => target)],
    ]);
    this.status = element("p", { class: "status", role: "status" });
    this.made = element("div", { class: "controls" }, ...this.parts());
  }

  parts() {
    const titles = { rule: "Rule", kind: "Kind", country: "Country", target: "Target" };
    const labels = [...this.selects].map(([name, select]) => element("label", {}, titles[name], select));
    const reset = element("button", { type: "button", class: "reset", onclick: () => this.reset() }, "Reset");
    return [
      element("label", { class: "search" }, "Search", this.search),
      ...labels,
      element("div", { class: "outcomes", role: "group", "aria-label": "Outcomes" }, ...this.outcomes.values(), reset),
      this.status,
    ];
  }

  outcome(standing) {
    const count = tally("outcome").get(standing) ?? 0;
    const button = element("button", { type: "button", "aria-pressed": "true", class: standing }, badge(standing));
    button.append(` ${number(count)}`);
    button.disabled = count === 0;
    button.addEventListener("click", () => {
      press(button, !isPressed(button));
      this.apply();
    });
    return button;
  }

  select(name, counts, title) {
    const options = [...counts].map(([value, count]) =>
      element("option", { value }, `${title(value)} (${number(count)})`),
    );
    const select = element("select", { name }, element("option", { value: "" }, "all"), ...options);
    select.addEventListener("change", () => this.apply());
    return select;
  }

  // Countries by name, then what stands beside the map.
  places() {
    const counts = new Map();
    for (const row of DATA.rows) {
      const beside = cell(row, "beside");
      for (const place of beside ? [beside] : countriesOf(cell(row, "countries"))) {
        counts.set(place, (counts.get(place) ?? 0) + 1);
      }
    }
    const order = ([place]) => [place in DATA.countries ? 0 : 1, placeName(place)].join(" ");
    return new Map([...counts].sort((a, b) => (order(a) < order(b) ? -1 : 1)));
  }

  choose(country) {
    this.reset();
    this.selects.get("country").value = country;
    this.apply();
  }

  reset() {
    this.search.value = "";
    this.outcomes.forEach((button) => press(button, true));
    this.selects.forEach((select) => (select.value = ""));
    this.apply();
  }

  apply() {
    const choices = Object.fromEntries([...this.selects].map(([name, select]) => [name, select.value]));
    choices.search = this.search.value.trim();
    choices.outcomes = new Set(STANDINGS.filter((standing) => isPressed(this.outcomes.get(standing))));
    const rows = chosen(choices);
    this.table.show(rows);
    this.status.textContent = `${number(rows.length)} of ${number(DATA.rows.length)} verdicts`;
  }
}

// A country's name; of several, how many; else the words for what is not known.
function placeName(place) {
  const codes = countriesOf(place);
  const named = codes.every((code) => code in DATA.countries);
  return named && codes.length > 1 ? `Any of ${codes.length} countries` : countryName(place);
}

function isPressed(button) {
  return button.getAttribute("aria-pressed") === "true";
}

function press(button, pressed) {
  button.setAttribute("aria-pressed", String(pressed));
}
