"use strict";
(() => {
  // What was closed is opened for paper, and closed again after it.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const each of closed) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of closed) each.open = false;
    closed = [];
  });

  // Filters live in the fragment, so that a filtered view has an address: #level=error&owner=director
  const NAMES = ["q", "level", "rule", "owner", "state", "cause"];
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const heading = document.getElementById("findings");
  const items = [...document.querySelectorAll("li.f")];
  const groups = [...document.querySelectorAll("details.rule")];
  const texts = new Map();

  const counted = (count) => `${count} ${count === 1 ? "finding" : "findings"}`;

  const said = (item) => {
    if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase());
    return texts.get(item);
  };

  const wanted = () => {
    const fragment = location.hash.slice(1);
    const found = new URLSearchParams(fragment.includes("=") ? fragment : "");
    return new Map(NAMES.map((name) => [name, found.get(name) ?? ""]).filter(([, value]) => value !== ""));
  };

  const fits = (item, filters) => {
    for (const [name, value] of filters) {
      if (name === "q") {
        if (!value.toLowerCase().split(/\s+/).every((word) => said(item).includes(word))) return false;
      } else if (name === "owner") {
        if (!item.dataset.owner.split(" ").includes(value)) return false;
      } else if (name !== "rule" && item.dataset[name] !== value) return false;
    }
    return true;
  };

  const apply = () => {
    const filters = wanted();
    let count = 0;
    for (const group of groups) {
      const right = !filters.has("rule") || group.dataset.rule === filters.get("rule");
      let left = 0;
      for (const item of group.querySelectorAll("li.f")) {
        item.hidden = !(right && fits(item, filters));
        if (!item.hidden) left += 1;
      }
      group.hidden = left === 0;
      if (left > 0 && filters.size > 0) group.open = true;
      count += left;
    }
    const words = [...filters].map(([name, value]) => (name === "q" ? `text "${value}"` : `${name} ${value}`));
    shown.textContent =
      filters.size === 0
        ? counted(items.length)
        : `${count} of ${counted(items.length)}: ${words.join(", ")}`;
    for (const control of form.elements) {
      if (control.name && document.activeElement !== control) control.value = filters.get(control.name) ?? "";
    }
    return filters.size > 0;
  };

  const write = () => {
    const found = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) found.set(name, value);
    history.replaceState(null, "", `#${found}`);
    apply();
  };

  // A place in the page that a filter hides, or a closed part holds, is shown when somebody goes there.
  const reveal = () => {
    const name = location.hash.slice(1);
    const target = document.getElementById(name) ?? document.querySelector(":target");
    if (!target) return;
    for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
    target.scrollIntoView();
  };

  const arrive = () => {
    if (form && apply()) {
      heading.scrollIntoView();
      heading.focus({ preventScroll: true });
    } else reveal();
  };

  if (form) {
    document.documentElement.classList.add("scripted");
    form.hidden = shown.hidden = false;
    for (const link of document.querySelectorAll("a[data-filter]")) link.href = `#${link.dataset.filter}`;
    let waiting;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(write, items.length > 1000 ? 200 : 0);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => {
      history.replaceState(null, "", "#");
      setTimeout(apply, 0);
    });
  }
  addEventListener("hashchange", arrive);
  if (location.hash) arrive();
  else if (form) apply();
})();
