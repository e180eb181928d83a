/* The work list keeps itself up to date without losing the place: what is ticked, open or under the pointer stays where it is.
   desk.js hears that something changed and asks; here it is fetched and shown, or offered. */
(function () {
  "use strict";

  var last = null; // the box that was ticked last, by id
  var over = false; // the pointer is over a row
  var fresh = {}; // rows that came since the page was opened

  function one(selector) { return document.querySelector(selector); }
  function many(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  function boxes() { return many("#list input[name=case]"); }
  function rowsOf(list) { return many("tr[id]", list).map(function (row) { return row.id; }); }

  /* what is ticked */

  function tell() {
    var form = one("#batch");
    if (!form) { return; }
    var all = boxes();
    var ticked = all.filter(function (box) { return box.checked; });
    one("#batch-count").textContent = form.dataset.count.replace("{n}", ticked.length);
    var every = one("#pick-all");
    every.checked = ticked.length > 0 && ticked.length === all.length;
    every.indeterminate = ticked.length > 0 && ticked.length < all.length;
  }

  function range(box) {
    var all = boxes();
    var from = all.findIndex(function (each) { return each.id === last; });
    var to = all.indexOf(box);
    if (from < 0) { return; }
    all.slice(Math.min(from, to), Math.max(from, to) + 1).forEach(function (each) { each.checked = box.checked; });
  }

  function clicked(event) {
    var box = event.target;
    if (box.id === "batch-clear") { boxes().forEach(function (each) { each.checked = false; }); tell(); }
    if (!box.matches("input[name=case]")) { return; }
    if (event.shiftKey) { range(box); }
    last = box.id;
    tell();
  }

  function ready() {
    var every = one("#pick-all-box");
    if (!every) { return; }
    every.hidden = false;
    one("#batch-clear").hidden = false;
    tell();
  }

  /* what is new */

  function held() {
    var menu = one("#page details[open], .menu[open], dialog[open]");
    var typed = document.activeElement && document.activeElement.closest("#page form");
    return Boolean(over || menu || typed || boxes().some(function (box) { return box.checked; }));
  }

  function offer(list, now, ids) {
    var before = rowsOf(list);
    var count = ids.filter(function (id) { return before.indexOf(id) < 0; }).length;
    var button = one("#fresh-offer");
    if (!button) {
      button = document.createElement("button");
      button.type = "button";
      button.id = "fresh-offer";
      button.className = "button fresh-offer";
      list.querySelector(".tabs").after(button);
    }
    button.textContent = count ? list.dataset.fresh.replace("{n}", count) : list.dataset.changed;
    button.onclick = function () { show(list, now, true); };
    one("#announce").textContent = button.textContent;
  }

  function same(a, b) { return a.length === b.length && a.every(function (each, at) { return each === b[at]; }); }

  function anchor(list) {
    if (window.scrollY === 0) { return null; }
    return many("tr[id]", list).map(function (row) { return { id: row.id, top: row.getBoundingClientRect().top }; })
      .filter(function (row) { return row.top >= 0; })[0] || null;
  }

  function show(list, now, asked) {
    var focused = document.activeElement && document.activeElement.id;
    var fold = many("details[open][id]", list).map(function (each) { return each.id; });
    var ticked = boxes().filter(function (box) { return box.checked; }).map(function (box) { return box.id; });
    var seen = {};
    ticked.forEach(function (id) { seen[id] = document.getElementById(id).value; });
    var stays = anchor(list);
    var before = rowsOf(list);
    list.replaceWith(now);
    if (window.htmx) { window.htmx.process(now); }
    ticked.forEach(function (id) {
      var box = document.getElementById(id);
      if (box) { box.checked = true; box.value = seen[id]; } // what changed meanwhile is refused, not overwritten unseen
    });
    fold.forEach(function (id) { var each = document.getElementById(id); if (each) { each.open = true; } });
    var focus = focused && document.getElementById(focused);
    if (focus && document.activeElement !== focus) { focus.focus({ preventScroll: true }); }
    if (asked && !focus && one("#list .what a")) { one("#list .what a").focus({ preventScroll: true }); }
    var row = stays && document.getElementById(stays.id);
    if (row) { window.scrollBy(0, row.getBoundingClientRect().top - stays.top); }
    greet(now, before);
    ready();
    document.dispatchEvent(new CustomEvent("jiesu:list"));
  }

  function greet(list, before) {
    var come = rowsOf(list).filter(function (id) { return before.indexOf(id) < 0; });
    come.forEach(function (id) { fresh[id] = true; document.getElementById(id).classList.add("fresh"); });
    rowsOf(list).filter(function (id) { return fresh[id]; }).forEach(function (id) {
      var mark = document.createElement("span");
      mark.className = "badge new is-new";
      mark.textContent = list.dataset.isNew;
      document.getElementById(id).querySelector(".what").prepend(mark);
    });
    if (come.length) { one("#announce").textContent = document.getElementById(come[0]).querySelector(".what a").textContent; }
  }

  function refresh() {
    var list = one("#list");
    fetch(list.dataset.refresh, { headers: { "HX-Request": "true" }, credentials: "same-origin" }).then(function (answer) {
      var login = answer.headers.get("HX-Redirect");
      if (login) { window.location.href = login; return ""; }
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.text();
    }).then(function (html) {
      var now = html && new DOMParser().parseFromString(html, "text/html").querySelector("#list");
      if (!now || !document.body.contains(list)) { return; }
      var ids = rowsOf(now);
      if (held() && !same(ids, rowsOf(list))) { offer(list, document.adoptNode(now), ids); return; }
      show(list, document.adoptNode(now), false);
    }).catch(function () { document.dispatchEvent(new CustomEvent("jiesu:lost")); });
  }

  document.addEventListener("jiesu:refresh", function (event) {
    if (!one("#list")) { return; }
    event.preventDefault();
    refresh();
  });
  document.addEventListener("click", clicked);
  document.addEventListener("change", function (event) {
    if (event.target.id === "pick-all") {
      boxes().forEach(function (box) { box.checked = event.target.checked; });
      tell();
    }
  });
  document.addEventListener("pointerover", function (event) {
    over = event.pointerType === "mouse" && event.target.closest("#list tbody") !== null;
  });
  document.addEventListener("pointerleave", function () { over = false; });
  document.addEventListener("DOMContentLoaded", ready);
})();
