/* The desk works without this. With it, lists and cases keep themselves up to date. Drafts: drafts.js. */
(function () {
  "use strict";

  var PAUSE = 400; // milliseconds: several changes at once make one fetch
  var MINUTE = 60000; // so often "2 hours left" is said anew
  var waiting = null;
  var source = null;
  var last = ""; // the newest event heard

  function one(selector) {
    return document.querySelector(selector);
  }

  function live() {
    return one("[data-stream]");
  }

  function show() {
    Array.prototype.forEach.call(document.querySelectorAll("[data-mark]"), preview);
    Array.prototype.forEach.call(document.querySelectorAll("[data-fill]"), function (each) { each.hidden = false; });
  }

  /* what the citizen will read, with what is typed or chosen in its place */
  function preview(field) {
    var told = field.form.querySelector(".told");
    if (!told) { return; }
    var words = told.lastChild;
    var pattern = told.dataset.pattern || words.data;
    var typed = field.selectedOptions ? field.selectedOptions[0].text : field.value.trim();
    told.dataset.pattern = pattern;
    words.data = pattern.split(field.dataset.mark).join(typed || field.dataset.mark);
  }

  function typing() {
    var here = document.activeElement;
    if (here && here.closest("#page form")) { return true; }
    return Boolean(window.jiesuDrafts) && window.jiesuDrafts.unsaved();
  }

  /* changes that the server tells of */

  function refresh() {
    waiting = null;
    var place = live();
    if (!place || !window.htmx) { return; }
    if (!document.dispatchEvent(new CustomEvent("jiesu:refresh", { cancelable: true }))) { return; } // list.js does it
    var focused = document.activeElement && document.activeElement.id;
    var anchor = anchorOf(place);
    var open = Array.prototype.map.call(place.querySelectorAll("details[open][id]"), function (each) { return each.id; });
    var before = idsOf(place);
    var done = place.querySelector("[data-done]");
    var heard = done !== null && document.activeElement === done;
    window.htmx.ajax("GET", place.dataset.refresh, {
      target: "#" + place.id, select: "#" + place.id, swap: "outerHTML show:none"
    }).then(function () {
      var now = live();
      if (!now) { return; }
      open.forEach(function (id) { var each = document.getElementById(id); if (each) { each.open = true; } });
      var focus = focused && document.getElementById(focused);
      if (focus) { focus.focus({ preventScroll: true }); }
      if (done && !now.querySelector("[data-done]") && now.querySelector("#changed")) { // what one did last is still said
        now.querySelector("#changed").after(done);
        if (heard) { done.focus({ preventScroll: true }); }
      }
      stay(anchor);
      if (now.id === "list") { greet(now, before); }
    });
  }

  function soon() {
    if (waiting === null) { waiting = setTimeout(refresh, PAUSE); }
  }

  function idsOf(place) {
    return Array.prototype.map.call(place.querySelectorAll("tr[id]"), function (row) { return row.id; });
  }

  /* the first row in sight, and how far from the top it is */
  function anchorOf(place) {
    if (window.scrollY === 0) { return null; }
    var rows = place.querySelectorAll("tr[id]");
    for (var i = 0; i < rows.length; i += 1) {
      var top = rows[i].getBoundingClientRect().top;
      if (top >= 0) { return { id: rows[i].id, top: top }; }
    }
    return null;
  }

  function stay(anchor) {
    var row = anchor && document.getElementById(anchor.id);
    if (row) { window.scrollBy(0, row.getBoundingClientRect().top - anchor.top); }
  }

  function greet(list, before) {
    var fresh = idsOf(list).filter(function (id) { return before.indexOf(id) < 0; });
    fresh.forEach(function (id) { document.getElementById(id).classList.add("fresh"); });
    var first = fresh.length && document.querySelector("#" + CSS.escape(fresh[0]) + " .what a");
    if (first) { one("#announce").textContent = first.textContent; }
  }

  function heard(event) {
    var place = live();
    var change = JSON.parse(event.data);
    last = event.lastEventId || last;
    if (!place) { return; }
    if (place.id === "list") { soon(); return; }
    if (change.number !== place.dataset.number || change.version <= Number(place.dataset.version)) { return; }
    if (typing()) { one("#changed").hidden = false; } else { soon(); }
  }

  function listen() {
    var place = live();
    if (!place || !window.EventSource || source || document.visibilityState !== "visible") { return; }
    source = new EventSource(last ? "/desk/stream?after=" + last : place.dataset.stream);
    source.onmessage = heard;
  }

  function hush() {
    if (source) { source.close(); }
    source = null;
  }

  /* a browser allows six streams for all its windows together, so only those in sight listen */
  function stayInTouch() {
    listen();
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "visible") { listen(); } else { hush(); }
    });
    window.addEventListener("pagehide", hush);
    window.addEventListener("pageshow", function (event) { if (event.persisted) { window.location.reload(); } });
    setInterval(function () {
      var place = live();
      if (place && place.id === "list" && document.visibilityState === "visible") { soon(); }
    }, MINUTE);
  }

  function arrive() {
    var message = one("#page [data-focus]");
    if (message) { message.focus(); }
    show();
  }

  function lost() {
    var message = one("#lost");
    message.textContent = document.body.dataset.lost;
    message.hidden = false;
    setTimeout(function () { message.hidden = true; }, 8000);
  }

  document.addEventListener("DOMContentLoaded", function () {
    arrive();
    stayInTouch();
  });
  document.addEventListener("input", function (event) {
    if (event.target.matches("[data-mark]")) { preview(event.target); }
  });
  document.addEventListener("click", function (event) {
    var id = event.target.dataset.fill;
    if (!id) { return; }
    var field = document.getElementById(id);
    field.value = event.target.parentElement.querySelector("span").textContent;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.detail.requestConfig && event.detail.requestConfig.verb === "post") { arrive(); }
  });
  document.addEventListener("htmx:responseError", lost);
  document.addEventListener("htmx:sendError", lost);
  document.addEventListener("jiesu:lost", lost);
  document.addEventListener("click", function (event) {
    var menu = one(".menu[open]");
    if (menu && !menu.contains(event.target)) { menu.open = false; }
  });
})();
