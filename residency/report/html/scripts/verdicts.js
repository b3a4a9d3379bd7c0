// The data of the page: rows of indexes into a list of texts, read once.

const DATA = JSON.parse(document.getElementById("data").textContent);
const COLUMN = Object.fromEntries(DATA.columns.map((name, index) => [name, index]));
const CHAIN = DATA.columns.length;

// What a search looks at.
const SEARCHED = ["resource", "type", "kind", "location", "where", "target", "property", "what", "why"]
  .concat(["rule", "fingerprint", "exempt", "id"])
  .map((name) => COLUMN[name]);

function cell(row, name) {
  return DATA.texts[row[COLUMN[name]]];
}

function countriesOf(text) {
  return text === "" ? [] : text.split(" ");
}

function countryName(code) {
  return DATA.countries[code] ?? code;
}

// Names of countries; of many, how many.
function countryNames(text) {
  const codes = countriesOf(text);
  return codes.length > 3 ? `${codes.length} countries` : codes.map(countryName).join(", ");
}

// Whether a row is at a place of the map: a country, or one of the boxes beside it.
function isAt(row, place) {
  const beside = cell(row, "beside");
  return beside === "" ? countriesOf(cell(row, "countries")).includes(place) : beside === place;
}

const lowered = [];

// The texts are searched once each, not once a row; a row fits if every word is in one of its texts.
function searcher(query) {
  if (lowered.length === 0) {
    DATA.texts.forEach((text) => lowered.push(text.toLowerCase()));
  }
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const hits = words.map((word) => lowered.map((text) => text.includes(word)));
  return (row) => hits.every((hit) => SEARCHED.some((column) => hit[row[column]]));
}

// The rows that fit the choices, in the order of the report.
function chosen(choices) {
  const fits = choices.search ? searcher(choices.search) : null;
  const wanted = ["rule", "kind", "target"].filter((name) => choices[name]);
  return DATA.rows.filter(
    (row) =>
      choices.outcomes.has(cell(row, "outcome")) &&
      wanted.every((name) => cell(row, name) === choices[name]) &&
      (!choices.country || isAt(row, choices.country)) &&
      (!fits || fits(row)),
  );
}

// A sorted copy; equal rows keep the order of the report. Outcomes sort by how bad they are.
function sorted(rows, name, direction) {
  const key = name === "outcome" ? (row) => STANDINGS.indexOf(cell(row, name)) : (row) => cell(row, name).toLowerCase();
  const keyed = rows.map((row) => [key(row), row]);
  keyed.sort(([a], [b]) => (a < b ? -direction : a > b ? direction : 0));
  return keyed.map(([, row]) => row);
}

// How many rows have each value of a column, by value.
function tally(name) {
  const counts = new Map();
  for (const row of DATA.rows) {
    const value = cell(row, name);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
