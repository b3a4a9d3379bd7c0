// The page comes alive: colours, views of the map, marks that filter, and the table.

function themeButton(button) {
  const themes = ["", "light", "dark"];
  const names = { "": "as the system", light: "light", dark: "dark" };
  button.addEventListener("click", () => {
    const root = document.documentElement;
    const next = themes[(themes.indexOf(root.dataset.theme ?? "") + 1) % themes.length];
    root.dataset.theme = next;
    button.textContent = `Colours: ${names[next]}`;
  });
}

function showView(name) {
  for (const button of document.querySelectorAll(".views button")) {
    press(button, button.dataset.view === name);
  }
  for (const view of document.querySelectorAll(".view")) {
    view.hidden = view.id !== `view-${name}`;
  }
}

// A map that is wider than a phone begins where the worst is.
function atTheWorst(view) {
  const worst = STANDINGS.map((standing) => view.querySelector(`.dot.${standing}`)).find(Boolean);
  if (worst) {
    const middle = worst.getBoundingClientRect().left - view.getBoundingClientRect().left;
    view.scrollLeft += middle - view.clientWidth / 2;
  }
}

// A mark or a box is a button: it shows its verdicts, or the map on which its countries are large.
function markButton(mark, controls) {
  const act = () => {
    if (mark.dataset.view) {
      showView(mark.dataset.view);
      return;
    }
    controls.choose(mark.dataset.country);
    document.getElementById("verdicts").scrollIntoView();
    controls.search.focus({ preventScroll: true });
  };
  mark.setAttribute("role", "button");
  mark.setAttribute("tabindex", "0");
  mark.addEventListener("click", act);
  mark.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      act();
    }
  });
}

// The first findings, and a button for the others; print shows all.
function shortened(cards) {
  const rest = cards.slice(10);
  if (rest.length === 0) {
    return;
  }
  rest.forEach((card) => (card.hidden = true));
  const button = element("button", { type: "button", class: "all" }, `Show ${number(rest.length)} more findings`);
  button.addEventListener("click", () => {
    rest.forEach((card) => (card.hidden = false));
    rest[0].setAttribute("tabindex", "-1");
    rest[0].focus();
    button.remove();
  });
  cards[0].parentElement.after(button);
}

function start() {
  document.documentElement.classList.remove("plain");
  const table = new Table();
  const controls = new Controls(table);
  document.getElementById("table").append(controls.made, table.made);
  controls.apply();
  themeButton(document.getElementById("theme"));
  document.querySelectorAll(".mark, .box").forEach((mark) => markButton(mark, controls));
  for (const button of document.querySelectorAll(".views button")) {
    button.addEventListener("click", () => showView(button.dataset.view));
  }
  document.querySelectorAll("figure.view").forEach(atTheWorst);
  showView(document.querySelector('.views [aria-pressed="true"]').dataset.view);
  shortened([...document.querySelectorAll(".findings > .card")]);
}

start();
