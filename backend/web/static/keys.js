/* Keys of the desk's work list and of a case that was opened from it. Without a script every way is there by Tab and Enter. */
(function () {
  "use strict";

  var OFF = "jiesu-desk keys off";
  var TRAIL = "jiesu-desk trail"; // the numbers of the list one came from, and its address
  var GO = "#do-";
  var ANSWERS = ["answered", "reviewing"]; // what a reply is, the first that is offered
  var ENDS = ["closed", "archived"];
  var doing = { a: ["assigned"], r: ANSWERS, e: ENDS };

  function one(selector) { return document.querySelector(selector); }
  function many(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }
  function say(words) { var place = one("#announce"); if (place) { place.textContent = words; } }
  function isCase() { return document.body.contains(one("#page[data-number]")); }

  function typing(event) {
    var here = event.target;
    return here.isContentEditable || here.closest("textarea, select, input:not([type=checkbox]):not([type=radio])") !== null;
  }

  /* the list */

  function links() { return many("#list .what a"); }

  function place() {
    var row = document.activeElement && document.activeElement.closest("#list tr[id]");
    return row ? links().indexOf(row.querySelector(".what a")) : -1;
  }

  function walk(by) {
    var all = links();
    var next = place() + by;
    if (place() < 0) { next = by > 0 ? 0 : all.length - 1; }
    if (next >= 0 && next < all.length) { all[next].focus(); } else { say(one("#keys").dataset.last); }
  }

  function now() { return links()[place()] || null; }

  function pick() {
    var box = now() && now().closest("tr").querySelector("input[name=case]");
    if (box) { box.click(); }
  }

  function act(key) {
    if (many("input[name=case]:checked").length && one("#batch")) {
      if (key === "a") { one("#batch-department").focus(); }
      if (key === "e") { one("#batch-note").focus(); }
      return;
    }
    if (now()) { window.location.href = now().href + GO + key; }
  }

  function keepTrail() {
    var found = links();
    if (!found.length) { return; }
    var told = { back: one("#list").dataset.refresh, cases: found.map(function (each) { return each.getAttribute("href"); }) };
    sessionStorage.setItem(TRAIL, JSON.stringify(told));
  }

  /* a case */

  function trail() {
    try { return JSON.parse(sessionStorage.getItem(TRAIL)) || { cases: [] }; } catch (error) { return { cases: [] }; }
  }

  function step(by) {
    var told = trail();
    var here = told.cases.indexOf(window.location.pathname);
    var next = here < 0 ? undefined : told.cases[here + by];
    if (next) { window.location.href = next; } else { say(one("#keys").dataset.last); }
  }

  function form(key) {
    var found = doing[key].map(function (to) { return one('form input[name="to"][value="' + to + '"]'); }).filter(Boolean)[0];
    var field = found ? found.form : key === "r" ? one("#say-text") && one("#say-text").form : null;
    if (!field) { say(one("#keys").dataset.cannot); return; }
    for (var folded = field.closest("details"); folded; folded = folded.parentElement.closest("details")) { folded.open = true; }
    var first = field.querySelector("textarea, select, input:not([type=hidden])") || field.querySelector("button");
    first.focus();
    first.scrollIntoView({ block: "center" });
  }

  function arrive() {
    var wanted = window.location.hash.indexOf(GO) === 0 ? window.location.hash.slice(GO.length) : "";
    if (isCase() && doing[wanted]) { form(wanted); }
    var back = one(".case-head .back a");
    if (back && trail().cases.indexOf(window.location.pathname) >= 0) { back.setAttribute("href", trail().back); }
  }

  /* both */

  function help() {
    var dialog = one("#keys");
    if (!dialog.open) { dialog.showModal(); }
  }

  function leave(event) {
    if (typing(event)) { event.target.blur(); return; }
    many("input[name=case]:checked").forEach(function (box) { box.click(); });
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !one("#keys") || one("dialog[open]")) { return; }
    if (event.key === "Escape") { leave(event); return; }
    if (typing(event) || localStorage.getItem(OFF)) { return; }
    var keys = {
      j: function () { if (isCase()) { step(1); } else { walk(1); } },
      k: function () { if (isCase()) { step(-1); } else { walk(-1); } },
      x: pick,
      "/": function () { one("#find").focus(); },
      "?": help
    };
    var does = keys[event.key];
    if (!does && doing[event.key]) { does = function () { if (isCase()) { form(event.key); } else { act(event.key); } }; }
    if (!does) { return; }
    event.preventDefault();
    does();
  }

  document.addEventListener("DOMContentLoaded", function () {
    var open = one("#keys-open");
    if (!open) { return; }
    open.hidden = false;
    open.addEventListener("click", help);
    one("#keys-off").checked = localStorage.getItem(OFF) !== null;
    one("#keys-off").addEventListener("change", function (event) {
      if (event.target.checked) { localStorage.setItem(OFF, "1"); } else { localStorage.removeItem(OFF); }
    });
    keepTrail();
    arrive();
  });
  document.addEventListener("jiesu:list", keepTrail);
  document.addEventListener("keydown", pressed);
})();
