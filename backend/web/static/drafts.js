/* What was typed, chosen or ticked stays in this window until the server has saved it, whatever comes between: an ended
   session, a lost connection, an error. Only whose words they are gets them back. Forms with drafts of their own
   (data-user), with passwords, or that say data-unkept are left alone. */
(function () {
  "use strict";

  var KEEP = "jiesu-draft ";
  var SENT = "jiesu-sent";
  var SENDING = "jiesu_desk_sending"; // cookies of backend/web/desk/drafts.py
  var SAVED = "jiesu_desk_saved";
  var LONGEST = 20000; // characters of one field
  var PASSING = ["csrf", "version", "next", "seen", "upto"]; // hidden fields that change without the form being another
  var user = "";

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }

  /* which forms, which fields */

  function tracked(form) {
    return Boolean(form) && form.method === "post" && Boolean(form.closest("#page")) &&
      !form.matches("[data-user], [data-unkept]") && !form.querySelector("[type=password]");
  }

  function forms() {
    return all("#page form").filter(tracked);
  }

  function fields(form) {
    return Array.prototype.filter.call(form.elements, function (field) {
      return field.name && !field.disabled &&
        ["hidden", "file", "submit", "button", "reset", "password", "fieldset", "output"].indexOf(field.type) < 0;
    });
  }

  function keyOf(form) {
    var told = all("input[type=hidden]", form).filter(function (field) { return PASSING.indexOf(field.name) < 0; });
    return KEEP + user + " " + form.getAttribute("action") + " " +
      told.map(function (field) { return field.name + "=" + field.value; }).join("&");
  }

  /* a field's value as it stands, and as the page came */

  function ticks(field) { return field.type === "checkbox" || field.type === "radio"; }

  function chosen(field, attribute) {
    var some = Array.prototype.filter.call(field.options, function (option) { return option[attribute]; });
    if (!some.length && !field.multiple && field.options.length) { some = [field.options[0]]; }
    return some.map(function (option) { return option.value; }).join("\n");
  }

  function now(field) {
    if (ticks(field)) { return field.checked ? "on" : ""; }
    return field.options ? chosen(field, "selected") : field.value;
  }

  function before(field) {
    if (ticks(field)) { return field.defaultChecked ? "on" : ""; }
    return field.options ? chosen(field, "defaultSelected") : field.defaultValue;
  }

  function put(field, value) {
    if (ticks(field)) { field.checked = value === "on"; return; }
    if (!field.options) { field.value = value; return; }
    var wanted = value.split("\n");
    Array.prototype.forEach.call(field.options, function (option) { option.selected = wanted.indexOf(option.value) >= 0; });
  }

  function dirty(form) {
    return fields(form).filter(function (field) { return now(field) !== before(field); });
  }

  /* keeping */

  function keep(form) {
    var changed = dirty(form).map(function (field) {
      return { name: field.name, value: ticks(field) ? field.value : "", was: before(field), is: now(field).slice(0, LONGEST) };
    });
    try {
      if (changed.length) { sessionStorage.setItem(keyOf(form), JSON.stringify(changed)); }
      else { sessionStorage.removeItem(keyOf(form)); }
    } catch (error) { /* the window's store is full or refused: the page works as without it */ }
  }

  function drafts() {
    return Object.keys(sessionStorage).filter(function (key) { return key.indexOf(KEEP) === 0; });
  }

  function forget(keys) {
    keys.forEach(function (key) { sessionStorage.removeItem(key); });
  }

  /* sending: the server says by a cookie which one it has saved */

  function cookie(name) {
    var found = document.cookie.split("; ").filter(function (each) { return each.indexOf(name + "=") === 0; })[0];
    return found ? found.slice(name.length + 1) : "";
  }

  function set(name, value, seconds) {
    document.cookie = name + "=" + value + "; path=/desk; SameSite=Strict; max-age=" + seconds;
  }

  function sending(form) {
    var id = Date.now().toString(36) + Math.random().toString(36).slice(2, 10);
    keep(form);
    sessionStorage.setItem(SENT, JSON.stringify({ id: id, key: keyOf(form) }));
    set(SENDING, id, 600);
  }

  function settle() {
    var sent = JSON.parse(sessionStorage.getItem(SENT) || "null");
    if (!sent) { return; }
    if (cookie(SAVED) === sent.id || document.querySelector("[data-done]")) { forget([sent.key]); }
    sessionStorage.removeItem(SENT);
    set(SENDING, "", 0);
    set(SAVED, "", 0);
  }

  /* back again */

  function unfold(field) {
    for (var fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) { fold.open = true; }
    var pane = field.closest(".pane"); // one of several places to write; a radio button shows it
    var shows = pane && document.getElementById(pane.className.replace(/^.*pane-(\w+).*$/, "write-$1"));
    if (shows && !ticks(field)) { shows.checked = true; }
  }

  function refill(form) {
    var kept = JSON.parse(sessionStorage.getItem(keyOf(form)) || "[]");
    var filled = 0;
    kept.forEach(function (one) {
      fields(form).forEach(function (field) {
        if (field.name !== one.name || (ticks(field) && field.value !== one.value)) { return; }
        if (before(field) !== one.was || now(field) === one.is) { return; }
        put(field, one.is);
        unfold(field);
        field.dispatchEvent(new Event("input", { bubbles: true }));
        filled += 1;
      });
    });
    return filled;
  }

  function arrive() {
    var note = document.getElementById("kept");
    user = document.body.dataset.reader || "";
    if (!user) {
      if (document.body.hasAttribute("data-left")) { sessionStorage.clear(); }
      sessionStorage.removeItem(SENT); // it led here, so it was not saved
      if (note) { note.hidden = !drafts().length; }
      return;
    }
    forget(drafts().filter(function (key) { return key.indexOf(KEEP + user + " ") !== 0; }));
    settle();
    var filled = forms().reduce(function (sum, form) { return sum + refill(form); }, 0);
    if (note) { note.hidden = note.dataset.when === "any" ? !drafts().length : !filled; }
  }

  function discard() {
    forms().forEach(function (form) { sessionStorage.removeItem(keyOf(form)); form.reset(); });
    document.getElementById("kept").hidden = true;
  }

  window.jiesuDrafts = {
    unsaved: function () { return forms().some(function (form) { return dirty(form).length > 0; }); }
  };

  function changed(event) {
    if (user && tracked(event.target.form)) { keep(event.target.form); }
  }

  document.addEventListener("DOMContentLoaded", arrive);
  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  document.addEventListener("submit", function (event) { if (user && tracked(event.target)) { sending(event.target); } }, true);
  document.addEventListener("click", function (event) { if (event.target.closest("[data-discard]")) { discard(); } });
  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.detail.requestConfig && event.detail.requestConfig.verb === "post" && event.detail.boosted) { arrive(); }
  });
})();
