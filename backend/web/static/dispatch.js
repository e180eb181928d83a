/* The dispatch desk by keyboard: 1, 2, 3 send the case, C changes the category, N and O go on. Without this it is pressed. */
(function () {
  "use strict";

  var PAUSE = 600; // milliseconds: a key that was pressed twice does not send the next case too
  var ready = Date.now();
  var busy = false;

  function writes(where) {
    return where.matches("select, textarea, input:not([type=radio])") || where.isContentEditable;
  }

  function nextCategory() {
    var all = Array.prototype.slice.call(document.querySelectorAll("[data-dispatch] input[name=place]"));
    var at = all.findIndex(function (each) { return each.checked; });
    var next = all[(at + 1) % all.length];
    if (next) { next.checked = true; next.focus(); }
  }

  document.addEventListener("keydown", function (event) {
    var key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || writes(event.target)) { return; }
    if (!document.querySelector("[data-dispatch]") || busy || Date.now() < ready) { return; }
    if (key === "c") { nextCategory(); event.preventDefault(); return; }
    var button = /^[123no]$/.test(key) && document.querySelector("[data-dispatch] [data-key='" + key + "']");
    if (button) { event.preventDefault(); button.click(); }
  });
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (!event.detail.elt.hidden) { busy = true; }
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    if (!event.detail.elt.hidden) { busy = false; ready = Date.now() + PAUSE; }
  });
})();
