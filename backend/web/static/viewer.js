/* Evidence, looked at closely: zoom, pan, turn, boxes to cover parts. The page shows and covers without this as well. */
(function () {
  "use strict";

  var MOST = 12; // times the picture's fit
  var STEP = 1.25;
  var PAN = 60; // pixels
  var NUDGE = 1; // percent of a side
  var SMALL = 0.4; // percent: less is a click and no box
  var stop = function () {}; // takes the present viewer's listeners away
  var opener = null;

  function clamp(value, low, high) {
    return Math.min(high, Math.max(low, value));
  }

  /* said inside the viewer: what lies behind a dialog is not heard */
  function announce(viewer, words) {
    viewer.querySelector("[data-said]").textContent = words;
  }

  /* one picture on its stage */
  function Stage(stage) {
    var sheet = stage.querySelector("[data-sheet]");
    var image = sheet.querySelector("img");
    var shown = stage.closest("#viewer").querySelector("[data-scale]");
    var at = { scale: 1, x: 0, y: 0, angle: 0 };
    var size = { w: 0, h: 0 };
    var fingers = {};

    function fit() {
      var w = image.naturalWidth, h = image.naturalHeight;
      if (!w || !h) { return; }
      var least = Math.min(stage.clientWidth / w, stage.clientHeight / h);
      var lying = Math.min(stage.clientWidth / h, stage.clientHeight / w);
      size = { w: w * least, h: h * least };
      at.scale = at.angle % 180 === 0 ? 1 : lying / least;
      at.x = 0;
      at.y = 0;
      draw();
    }

    function draw() {
      sheet.style.width = size.w + "px";
      sheet.style.height = size.h + "px";
      sheet.style.transform = "translate(" + at.x + "px," + at.y + "px) rotate(" + at.angle + "deg) scale(" + at.scale + ") translate(-50%,-50%)";
      if (shown) { shown.textContent = Math.round(at.scale * 100) + "%"; }
    }

    function middle() {
      var box = stage.getBoundingClientRect();
      return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    }

    function zoom(times, x, y) {
      var next = clamp(at.scale * times, 0.2, MOST);
      var centre = middle();
      var dx = (x === undefined ? centre.x : x) - centre.x, dy = (y === undefined ? centre.y : y) - centre.y;
      at.x = dx - (dx - at.x) * (next / at.scale);
      at.y = dy - (dy - at.y) * (next / at.scale);
      at.scale = next;
      hold();
    }

    /* part of the picture stays in sight */
    function hold() {
      var w = stage.clientWidth / 2 + size.w * at.scale / 2 - 40, h = stage.clientHeight / 2 + size.h * at.scale / 2 - 40;
      at.x = clamp(at.x, -Math.max(0, w), Math.max(0, w));
      at.y = clamp(at.y, -Math.max(0, h), Math.max(0, h));
      draw();
    }

    function pan(dx, dy) {
      at.x += dx;
      at.y += dy;
      hold();
    }

    function turn() {
      at.angle = (at.angle + 90) % 360;
      fit();
    }

    /* where on the picture, in percent of its sides */
    function spot(x, y) {
      var centre = middle();
      var dx = x - centre.x - at.x, dy = y - centre.y - at.y;
      var turned = -at.angle * Math.PI / 180;
      var px = (dx * Math.cos(turned) - dy * Math.sin(turned)) / at.scale + size.w / 2;
      var py = (dx * Math.sin(turned) + dy * Math.cos(turned)) / at.scale + size.h / 2;
      return { x: clamp(px / size.w * 100, 0, 100), y: clamp(py / size.h * 100, 0, 100) };
    }

    function spread() {
      var both = Object.keys(fingers).map(function (key) { return fingers[key]; });
      return { far: Math.hypot(both[0].x - both[1].x, both[0].y - both[1].y), x: (both[0].x + both[1].x) / 2, y: (both[0].y + both[1].y) / 2 };
    }

    function moved(event) {
      var last = fingers[event.pointerId];
      if (!last) { return; }
      if (Object.keys(fingers).length === 1) {
        pan(event.clientX - last.x, event.clientY - last.y);
        fingers[event.pointerId] = { x: event.clientX, y: event.clientY };
        return;
      }
      var before = spread();
      fingers[event.pointerId] = { x: event.clientX, y: event.clientY };
      var after = spread();
      if (before.far > 0) { zoom(after.far / before.far, after.x, after.y); }
    }

    stage.classList.add("live");
    stage.addEventListener("wheel", function (event) {
      event.preventDefault();
      zoom(event.deltaY < 0 ? STEP : 1 / STEP, event.clientX, event.clientY);
    }, { passive: false });
    stage.addEventListener("pointerdown", function (event) {
      if (event.defaultPrevented || event.button > 0) { return; }
      fingers[event.pointerId] = { x: event.clientX, y: event.clientY };
      stage.setPointerCapture(event.pointerId);
    });
    stage.addEventListener("pointermove", moved);
    ["pointerup", "pointercancel"].forEach(function (name) {
      stage.addEventListener(name, function (event) { delete fingers[event.pointerId]; });
    });
    if (image.complete) { fit(); }
    image.addEventListener("load", fit);
    return { stage: stage, sheet: sheet, fit: fit, zoom: zoom, pan: pan, turn: turn, spot: spot, straight: function () { at.angle = 0; fit(); } };
  }

  /* the boxes of one form, drawn on its stage */
  function Boxes(form, stage) {
    var viewer = form.closest("#viewer");
    var field = form.querySelector("[name=boxes]");
    var count = form.querySelector("[data-n]");
    var press = form.querySelector("[data-do=draw]");
    var drawing = null;

    function all() {
      return Array.prototype.slice.call(stage.sheet.querySelectorAll(".box"));
    }

    function of(node) {
      return node.dataset.at.split(",").map(Number);
    }

    function put(node, left, top, width, height) {
      width = clamp(width, SMALL, 100);
      height = clamp(height, SMALL, 100);
      left = clamp(left, 0, 100 - width);
      top = clamp(top, 0, 100 - height);
      var told = [left, top, width, height].map(function (each) { return Math.round(each * 1000) / 1000; });
      node.dataset.at = told.join(",");
      ["left", "top", "width", "height"].forEach(function (side, i) { node.style[side] = told[i] + "%"; });
    }

    function tell() {
      var boxes = all();
      field.value = boxes.map(function (node) { return node.dataset.at; }).join("; ");
      boxes.forEach(function (node, i) { node.setAttribute("aria-label", viewer.dataset.box + " " + (i + 1)); });
      count.textContent = viewer.dataset.count.replace("#", boxes.length);
    }

    function make(left, top, width, height) {
      var node = document.createElement("button");
      node.type = "button";
      node.className = "box";
      node.setAttribute("aria-describedby", "redact-hint");
      put(node, left, top, width, height);
      stage.sheet.appendChild(node);
      return node;
    }

    function mode(on) {
      press.setAttribute("aria-pressed", String(on));
      press.classList.toggle("primary", on);
      stage.stage.classList.toggle("drawing", on);
    }

    function pressed() {
      return press.getAttribute("aria-pressed") === "true";
    }

    function begin(event) {
      if (event.button > 0) { return; }
      var node = event.target.closest(".box");
      if (!node && !pressed()) { return; }
      event.preventDefault();
      var from = stage.spot(event.clientX, event.clientY);
      drawing = { from: from, node: node || make(from.x, from.y, SMALL, SMALL), was: node ? of(node) : null };
      drawing.node.focus();
      stage.stage.setPointerCapture(event.pointerId);
    }

    function go(event) {
      if (!drawing) { return; }
      var to = stage.spot(event.clientX, event.clientY), from = drawing.from;
      if (drawing.was) {
        put(drawing.node, drawing.was[0] + to.x - from.x, drawing.was[1] + to.y - from.y, drawing.was[2], drawing.was[3]);
      } else {
        put(drawing.node, Math.min(from.x, to.x), Math.min(from.y, to.y), Math.abs(to.x - from.x), Math.abs(to.y - from.y));
      }
    }

    function end() {
      if (!drawing) { return; }
      var box = of(drawing.node);
      if (!drawing.was && (box[2] <= SMALL || box[3] <= SMALL)) { drawing.node.remove(); }
      drawing = null;
      tell();
    }

    function key(event) {
      var node = event.target.closest && event.target.closest(".box");
      if (!node || event.ctrlKey || event.metaKey || event.altKey) { return; }
      var box = of(node);
      var way = { ArrowLeft: [-NUDGE, 0], ArrowRight: [NUDGE, 0], ArrowUp: [0, -NUDGE], ArrowDown: [0, NUDGE] }[event.key];
      if (way && event.shiftKey) {
        put(node, box[0], box[1], Math.min(box[2] + way[0], 100 - box[0]), Math.min(box[3] + way[1], 100 - box[1]));
      } else if (way) {
        put(node, box[0] + way[0], box[1] + way[1], box[2], box[3]);
      } else if (event.key === "Delete" || event.key === "Backspace") {
        node.remove();
        (all().pop() || stage.stage).focus();
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      tell();
    }

    field.value.split(";").forEach(function (part) {
      var told = part.split(",").map(Number);
      if (told.length === 4 && told.every(isFinite)) { make(told[0], told[1], told[2], told[3]); }
    });
    form.querySelector("[data-plain]").hidden = true;
    [form.querySelector(".tools"), form.querySelector("[data-help]"), count].forEach(function (each) { each.hidden = false; });
    stage.stage.addEventListener("pointerdown", begin, true);
    stage.stage.addEventListener("pointermove", go);
    stage.stage.addEventListener("pointerup", end);
    stage.stage.addEventListener("pointercancel", end);
    stage.stage.addEventListener("keydown", key);
    tell();
    return {
      draw: function () { mode(!pressed()); },
      add: function () { make(40, 40, 20, 20).focus(); tell(); },
      clear: function () { all().forEach(function (node) { node.remove(); }); tell(); press.focus(); }
    };
  }

  function copy(button, viewer) {
    navigator.clipboard.writeText(button.dataset.copy).then(function () { announce(viewer, viewer.dataset.copied); });
  }

  function begin(viewer) {
    stop();
    var place = viewer.querySelector("[data-stage]");
    var stage = place && Stage(place);
    var form = viewer.querySelector("[data-redact]");
    var boxes = form && stage && Boxes(form, stage);
    var tools = viewer.querySelector(".seen .tools");
    if (tools) { tools.hidden = false; }
    Array.prototype.forEach.call(viewer.querySelectorAll("[data-copy]"), function (each) {
      each.hidden = !(navigator.clipboard && window.isSecureContext);
    });

    function act(name) {
      if (name === "in") { stage.zoom(STEP); }
      if (name === "out") { stage.zoom(1 / STEP); }
      if (name === "fit") { stage.straight(); }
      if (name === "turn") { stage.turn(); }
      if (boxes && boxes[name]) { boxes[name](); }
    }

    function click(event) {
      var button = event.target.closest("[data-do]");
      if (button) { act(button.dataset.do); }
      if (event.target.closest("[data-copy]")) { copy(event.target.closest("[data-copy]"), viewer); }
    }

    function key(event) {
      var here = event.target;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) { return; }
      if (here.closest && here.closest("input, textarea, select, audio, video")) { return; }
      var pans = { ArrowLeft: [PAN, 0], ArrowRight: [-PAN, 0], ArrowUp: [0, PAN], ArrowDown: [0, -PAN] }[event.key];
      var step = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
      var link = step && viewer.querySelector("[rel=" + step + "]");
      // letters count only where the picture has the focus: elsewhere they may be somebody's dictation
      var name = here === place && { "+": "in", "=": "in", "-": "out", "0": "fit", "r": "turn", "R": "turn" }[event.key];
      if (stage && pans && event.shiftKey) {
        stage.pan(pans[0], pans[1]);
      } else if (link && !event.shiftKey) {
        link.click();
      } else if (stage && name) {
        act(name);
      } else {
        return;
      }
      event.preventDefault();
    }

    function fit() { if (stage) { stage.fit(); } }

    viewer.addEventListener("click", click);
    document.addEventListener("keydown", key);
    window.addEventListener("resize", fit);
    stop = function () {
      document.removeEventListener("keydown", key);
      window.removeEventListener("resize", fit);
      stop = function () {};
    };
    if (place && !viewer.querySelector("[data-focus]")) { place.focus({ preventScroll: true }); }
  }

  /* over the case: the same page's viewer in a dialog */

  function over() {
    var dialog = document.querySelector("#viewer-over");
    if (dialog) { return dialog; }
    dialog = document.createElement("dialog");
    dialog.id = "viewer-over";
    dialog.className = "viewer-over";
    document.body.appendChild(dialog);
    dialog.addEventListener("close", function () {
      stop();
      dialog.replaceChildren();
      if (opener) { opener.focus(); }
    });
    return dialog;
  }

  function open(address) {
    fetch(address, { credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok || answer.redirected) { throw new Error(String(answer.status)); }
      return answer.text();
    }).then(function (html) {
      var viewer = document.importNode(new DOMParser().parseFromString(html, "text/html").querySelector("#viewer"), true);
      var dialog = over();
      var close = document.createElement("button");
      close.type = "button";
      close.className = "button small";
      close.textContent = viewer.dataset.close;
      close.addEventListener("click", function () { dialog.close(); });
      viewer.querySelector(".back").hidden = true;
      dialog.setAttribute("aria-label", viewer.dataset.title);
      dialog.replaceChildren(close, viewer);
      if (!dialog.open) { dialog.showModal(); }
      begin(viewer);
    }).catch(function () { window.location.assign(address); });
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-view], #viewer-over a[data-go]");
    if (!link || event.button > 0 || event.ctrlKey || event.metaKey || event.shiftKey || !window.HTMLDialogElement) { return; }
    event.preventDefault();
    if (link.matches("[data-view]")) { opener = link; }
    open(link.href);
  });
  document.addEventListener("DOMContentLoaded", function () {
    var viewer = document.querySelector("#page #viewer");
    if (viewer) { begin(viewer); }
  });
})();
