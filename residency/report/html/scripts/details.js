// All that is known of one verdict, shown below its row.

function details(row) {
  const facts = [
    ["what", cell(row, "what")],
    ["why", cell(row, "why")],
    ["to mend it", cell(row, "exempt") ? "" : cell(row, "fix")],
    ["accepted", cell(row, "exempt")],
    ["property", cell(row, "property") && `\`${cell(row, "property")}\``],
    ["countries", countriesOf(cell(row, "countries")).map(countryName).join(", ")],
    ["target", cell(row, "target")],
    ["resource", cell(row, "id")],
    ["rule", `${cell(row, "rule")}: ${DATA.rules[cell(row, "rule")] ?? ""}`],
    ["fingerprint", cell(row, "fingerprint")],
  ];
  const list = element("dl");
  for (const [name, said] of facts.filter(([, said]) => said)) {
    list.append(element("dt", {}, name), element("dd", {}, ...quoted(said)));
  }
  return element("div", { class: "details" }, chain(row), list);
}

function chain(row) {
  const links = row[CHAIN];
  const items = links.map((link, index) => chainLink(link, index === links.length - 1 ? cell(row, "outcome") : ""));
  return element("ol", { class: "chain", "aria-label": "the way of the data" }, ...items);
}

// One resource on the way; the last one is the place, in the colour of the outcome.
function chainLink([name, type, countries, said], outcome) {
  const parts = [element("strong", {}, DATA.texts[name])];
  if (DATA.texts[countries]) {
    parts.push(" ", element("span", { class: "country" }, countryNames(DATA.texts[countries])));
  }
  if (DATA.texts[type]) {
    parts.push(element("small", {}, DATA.texts[type]));
  }
  parts.push(...said.map((each) => element("span", { class: "said" }, ...quoted(DATA.texts[each]))));
  if (outcome) {
    parts.push(badge(outcome));
  }
  return element("li", { class: outcome ? `link place ${outcome}` : "link" }, ...parts);
}
