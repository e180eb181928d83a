/* The page of a report on its way tells how far it is, and gives way to the report. Without this it reloads itself.
   Where the server is away for a while it says so and goes on asking: the report is begun anew. */
(function () {
  "use strict";

  var EVERY = 2000; // milliseconds
  var card = document.querySelector(".waiting");

  function part(page, selector) {
    return page.querySelector(".waiting " + selector);
  }

  function tell(words) {
    var said = part(document, "[role=status]");
    if (said.textContent !== words) { said.textContent = words; } // said aloud only when it changes
  }

  function show(html) {
    var page = new DOMParser().parseFromString(html, "text/html");
    if (!page.querySelector(".waiting")) { return false; }
    var bar = part(page, "progress");
    var mine = part(document, "progress");
    mine.max = bar.max;
    mine.value = bar.value;
    tell(part(page, "[role=status]").textContent);
    return true;
  }

  function ask() {
    window.fetch(window.location.href, { headers: { Accept: "text/html" } }).then(function (answer) {
      if (answer.status >= 500) { throw new Error("away"); }
      return answer.text();
    }).then(function (html) {
      if (show(html)) { window.setTimeout(ask, EVERY); } else { window.location.reload(); }
    }).catch(function () {
      tell(card.dataset.away);
      window.setTimeout(ask, 2 * EVERY);
    });
  }

  if (card) { window.setTimeout(ask, EVERY); }
}());
