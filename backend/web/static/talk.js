/* The days that are offered are buttons beside the date's field; without this script the field alone does it. */
(function () {
  "use strict";

  function offer() {
    Array.prototype.forEach.call(document.querySelectorAll("[data-day]"), function (each) { each.hidden = false; });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-day]");
    if (!button) { return; }
    var field = document.getElementById("supplement-until");
    field.value = button.dataset.day;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("htmx:afterSettle", offer);
  offer();
}());
