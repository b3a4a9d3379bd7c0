// Elements made from parts. A text is only ever set as text, so nothing in the data can become markup.

function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      made.addEventListener(key.slice(2), value);
    } else if (value !== null) {
      made.setAttribute(key, value);
    }
  }
  made.append(...content);
  return made;
}

function badge(standing) {
  const sign = element("span", { class: "sign", "aria-hidden": "true" }, SIGNS[standing]);
  return element("span", { class: `badge ${standing}` }, sign, standing);
}

// What stands between backticks is shown as code.
function quoted(text) {
  return text
    .split("`")
    .map((part, number) => (number % 2 ? element("code", {}, part) : part))
    .filter((part) => part !== "");
}

// A path or a type may be broken after its own signs, and not in the middle of a word.
function breakable(text, sign) {
  return text.split(sign).flatMap((part, index) => (index ? [sign, element("wbr"), part] : [part]));
}

function number(value) {
  return value.toLocaleString("en");
}

const SIGNS = { outside: "\u2715", undetermined: "?", accepted: "\u2248", inside: "\u2713" };
const STANDINGS = Object.keys(SIGNS);
