/* The register form works without this. With it: keys, files at once (chosen, pasted, dropped), and a draft that stays. */
(function () {
  "use strict";

  var KEEP = "jiesu-register ";
  var LASTS = 12 * 3600 * 1000; // milliseconds
  var form = document.getElementById("register");
  var slip = document.querySelector("[data-registered]");
  var print = document.querySelector("[data-print]");

  function drafts() {
    return Object.keys(localStorage).filter(function (key) { return key.indexOf(KEEP) === 0; });
  }

  if (print) { print.addEventListener("click", function () { window.print(); }); }
  if (slip) { drafts().forEach(function (key) { localStorage.removeItem(key); }); }
  if (!form) { return; }

  var told = document.getElementById("told");
  var kind = document.getElementById("kind");
  var files = document.getElementById("files");
  var drop = document.getElementById("drop");
  var pieces = document.getElementById("pieces");
  var said = document.getElementById("files-said");
  var mine = KEEP + form.dataset.user + " " + form.dataset.institution;
  var sent = false;

  /* the draft: this user's alone, for half a day */

  function keep() {
    if (sent) { return; }
    var values = {};
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!field.name || field.name === "csrf" || field.name === "files" || field.name === "file") { return; }
      if (field.type === "radio" || field.type === "checkbox") {
        if (field.checked) { values[field.name] = field.value; }
      } else { values[field.name] = field.value; }
    });
    localStorage.setItem(mine, JSON.stringify({ at: Date.now(), values: values, pieces: pieces.innerHTML }));
  }

  function kept() {
    drafts().forEach(function (key) {
      var draft = null;
      try { draft = JSON.parse(localStorage.getItem(key)); } catch (error) { draft = null; }
      var strange = key.indexOf(KEEP + form.dataset.user + " ") !== 0;
      if (!draft || strange || Date.now() - draft.at > LASTS) { localStorage.removeItem(key); }
    });
    return JSON.parse(localStorage.getItem(mine) || "null");
  }

  function restore() {
    var draft = kept();
    if (!draft || form.dataset.refused) { return; }
    var words = Object.keys(draft.values).some(function (name) { return name.indexOf("slot-") === 0 && draft.values[name]; });
    if (!words && !draft.pieces.trim()) { return; }
    Array.prototype.forEach.call(form.elements, function (field) {
      if (field.name === "csrf" || field.type === "file" || !(field.name in draft.values)) { return; }
      if (field.type === "radio" || field.type === "checkbox") { field.checked = field.value === draft.values[field.name]; }
      else { field.value = draft.values[field.name]; }
    });
    pieces.innerHTML = draft.pieces; // our own list, as the server wrote it
    document.getElementById("restored").hidden = false;
    look();
  }

  /* once htmx listens */
  function look() {
    function ask() { window.htmx.trigger("#look", "look"); }
    if (document.readyState === "complete") { ask(); } else { window.addEventListener("load", ask); }
  }

  /* which fields are still to be filled in: what the server says, before the first word what the kind needs */

  function mark() {
    var still = document.getElementById("still");
    Array.prototype.forEach.call(form.querySelectorAll(".needed"), function (each) {
      var among = still ? still.dataset.missing : each.dataset.kinds;
      var key = still ? each.closest(".field").id.replace("field-", "") : kind.value || kind.options[1].value;
      each.hidden = among.split(" ").indexOf(key) < 0;
    });
  }

  /* files */

  function say(words) { said.textContent = words; }

  function send(list) {
    if (!list.length) { return; }
    var data = new FormData();
    data.append("csrf", form.elements.csrf.value);
    Array.prototype.forEach.call(list, function (file) { data.append("files", file, file.name || "picture.png"); });
    say(drop.dataset.sending);
    fetch("/desk/register/files", { method: "POST", body: data, credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok || answer.redirected) { throw new Error(String(answer.status)); }
      return answer.text();
    }).then(function (html) {
      Array.prototype.forEach.call(pieces.querySelectorAll("[data-said]"), function (each) { each.remove(); });
      pieces.insertAdjacentHTML("beforeend", html);
      files.value = "";
      say("");
      keep();
    }).catch(function () { say(drop.dataset.lost); });
  }

  files.addEventListener("change", function () { send(files.files); });
  document.addEventListener("paste", function (event) {
    var list = event.clipboardData ? event.clipboardData.files : [];
    if (list.length) { event.preventDefault(); send(list); }
  });
  ["dragover", "dragleave", "drop"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      if (!event.dataTransfer || Array.prototype.indexOf.call(event.dataTransfer.types, "Files") < 0) { return; }
      event.preventDefault();
      drop.classList.toggle("over", name === "dragover");
      if (name === "drop") { send(event.dataTransfer.files); }
    });
  });
  pieces.addEventListener("click", function (event) {
    if (event.target.closest("[data-remove]")) {
      event.target.closest("li").remove();
      files.focus();
      keep();
    }
  });

  /* keys */

  document.addEventListener("keydown", function (event) {
    var number = event.altKey && !event.ctrlKey && !event.metaKey ? /^(?:Digit|Numpad)([1-4])$/.exec(event.code) : null;
    if (number) {
      event.preventDefault();
      var source = form.querySelectorAll("[name=source]")[Number(number[1]) - 1];
      source.checked = true;
      keep();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Enter" && !event.isComposing && event.target.form === form && event.target.matches("input:not([type=file])")) {
      event.preventDefault(); // a slip of the finger saves nothing: on to the next field
      var fields = Array.prototype.filter.call(form.elements, function (each) { return each.type !== "hidden" && each.offsetParent; });
      var next = fields[fields.indexOf(event.target) + 1];
      if (next) { next.focus(); }
    }
  });

  document.getElementById("clear").addEventListener("click", function () { sent = true; localStorage.removeItem(mine); });
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  kind.addEventListener("change", mark);
  document.addEventListener("htmx:afterSwap", mark);
  form.addEventListener("submit", function (event) {
    if (sent) { event.preventDefault(); return; }
    keep();
    sent = true;
  });
  window.addEventListener("pageshow", function () { sent = false; });

  restore();
  mark();
  var wrong = form.querySelector("[aria-invalid=true]");
  if (wrong) { wrong.focus(); }
}());
