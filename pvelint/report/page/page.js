"use strict";
// Filters and orders the findings that stand in the page; without it they stand in the order of the documents.
(function () {
  const form = document.getElementById("filter");
  const host = document.getElementById("groups");
  const shown = document.getElementById("shown");
  if (!form || !host) { return; }
  const findings = Array.from(host.querySelectorAll(".finding"));
  const byDocument = Array.from(host.children);
  const documentOf = new Map(findings.map((item) => [item, item.closest(".group")]));
  const ruleGroups = new Map();
  for (const option of form.elements.rule.options) {
    if (!option.value) { continue; }
    const group = document.createElement("section");
    group.className = "group";
    const head = document.createElement("h3");
    head.textContent = option.dataset.name;
    group.append(head);
    ruleGroups.set(option.value, group);
  }
  let grouping = "document";
  let order = "worst";

  function arrange() {
    if (form.elements.grouping.value === grouping && form.elements.order.value === order) { return; }
    grouping = form.elements.grouping.value;
    order = form.elements.order.value;
    const key = order === "text" ? "place" : "rank";
    const sorted = findings.slice().sort((one, other) => Number(one.dataset[key]) - Number(other.dataset[key]));
    for (const item of sorted) {
      const group = grouping === "rule" ? ruleGroups.get(item.dataset.rule) : documentOf.get(item);
      group.append(item);
    }
    host.replaceChildren(...(grouping === "rule" ? ruleGroups.values() : byDocument));
    for (const item of findings) {
      item.querySelector(".in").hidden = grouping !== "rule";
    }
  }

  function apply() {
    arrange();
    const words = form.elements.words.value.trim().toLocaleLowerCase();
    const levels = new Set(Array.from(form.querySelectorAll("input[name=level]:checked"), (box) => box.value));
    const wanted = { family: form.elements.family.value, rule: form.elements.rule.value, doc: form.elements.doc.value };
    let count = 0;
    for (const item of findings) {
      const fits = levels.has(item.dataset.level)
        && (!wanted.family || item.dataset.family === wanted.family)
        && (!wanted.rule || item.dataset.rule === wanted.rule)
        && (!wanted.doc || item.dataset.doc === wanted.doc)
        && (!words || item.textContent.toLocaleLowerCase().includes(words));
      item.hidden = !fits;
      count += fits ? 1 : 0;
    }
    for (const group of host.children) {
      group.hidden = !Array.from(group.querySelectorAll(".finding")).some((item) => !item.hidden);
    }
    shown.textContent = count === findings.length
      ? "All " + count + " findings are shown." : count + " of " + findings.length + " findings are shown.";
  }

  let waiting = 0;
  form.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
  form.addEventListener("submit", function (event) { event.preventDefault(); apply(); });
  form.addEventListener("reset", function () { setTimeout(apply, 0); });
  window.addEventListener("beforeprint", apply);
  form.hidden = false;
  shown.hidden = false;
  apply();
}());
