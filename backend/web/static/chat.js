/* The citizen's chat page. It shows what was said, sends what the citizen writes, and listens for what comes later.
   Whatever anybody wrote is inserted as text, never as HTML. The server is the memory: a reload shows everything. */
"use strict";

(() => {
  const body = document.body;
  const words = JSON.parse(body.dataset.words);
  const base = `/chat/${body.dataset.channel}`;
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const at = (id) => document.getElementById(id);
  const [scroll, talk, typing, newer, notice, composer, text, sendButton, files] = [
    "scroll", "talk", "typing", "newer", "notice", "composer", "text", "send", "files",
  ].map(at);

  const MOST_BYTES = 20 * 1024 * 1024; // of one file; the server says the same
  const MOST_AT_ONCE = 58 * 1024 * 1024; // of one request, with room for its form
  const MOST_FILES = 20;
  const LONGEST_TEXT = 200000; // characters
  const LONG = 1200; // characters; a longer bubble scrolls
  const PAUSE = 10 * 60 * 1000; // ms of silence after which the time is shown
  const ASK_EVERY = 4000; // ms, where the browser cannot listen
  const LISTEN_AGAIN = 60000; // ms

  const seen = new Set(); // numbers of the bubbles shown since the page came
  let upto = Number(body.dataset.seq); // this one and all before it are shown
  const before = upto;
  let lastTime = Date.now() - (talk.children.length ? 0 : 2 * PAUSE);

  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, key) => values[key]);

  // ---- small memory: what is not sent yet survives a reload, in this tab only

  const memory = {
    get(key, otherwise) {
      try {
        return JSON.parse(sessionStorage.getItem(`${base} ${key}`)) || otherwise;
      } catch {
        return otherwise; // no storage in private windows of old browsers
      }
    },
    set(key, value) {
      try {
        sessionStorage.setItem(`${base} ${key}`, JSON.stringify(value));
      } catch {
        // the page works without
      }
    },
  };

  const unsent = {
    all: () => memory.get("unsent", []),
    keep(message) {
      memory.set("unsent", [...this.all().filter((m) => m.id !== message.id), message]);
    },
    drop(id) {
      memory.set("unsent", this.all().filter((m) => m.id !== id));
    },
  };

  // ---- drawing

  function make(tag, className, content) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (content !== undefined) node.textContent = content;
    return node;
  }

  function button(label, className, act) {
    const node = make("button", className, label);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  }

  const nearEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;

  function toEnd() {
    scroll.scrollTop = scroll.scrollHeight;
    newer.hidden = true;
  }

  function moment() {
    const now = Date.now();
    if (now - lastTime >= PAUSE) {
      const date = new Date(now);
      const line = make("li", "moment");
      const zone = { timeZone: body.dataset.zone }; // the institution's, as in what the server wrote, wherever one is
      const english = document.documentElement.lang === "en";
      const day = date.toLocaleDateString(english ? "en-GB" : "zh-CN", { month: "long", day: "numeric", ...zone });
      const hour = date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", ...zone });
      const time = make("time", "", `${day} ${hour}`);
      time.dateTime = date.toISOString();
      line.append(time);
      talk.append(line);
    }
    lastTime = now;
  }

  /** The text; a case number in it is not broken over two lines. */
  function wording(said) {
    const node = make("p", "words");
    said.split(/(\d{8}-[A-Z]{2}-\d{6}-\d)/).forEach((part, index) => {
      node.append(index % 2 ? make("span", "number", part) : part);
    });
    return node;
  }

  function line(who, said) {
    const hello = at("hello");
    if (hello) hello.remove();
    moment();
    const node = make("li", `line ${who}`);
    const bubble = make("div", "bubble");
    bubble.append(make("span", "visually-hidden", who === "bot" ? words.bot : words.you));
    if (said) bubble.append(wording(said));
    if (said && said.length > LONG) {
      bubble.classList.add("long");
      bubble.tabIndex = 0;
    }
    node.append(bubble);
    return node;
  }

  function aside(said) {
    talk.append(make("li", "aside", said));
    toEnd();
  }

  function showSaying(say) {
    const stay = !nearEnd();
    const node = line("bot", say.text);
    retire();
    if (say.choices.length) {
      const group = make("div", "choices");
      group.setAttribute("role", "group");
      for (const choice of say.choices) {
        const one = make("button", "", choice.label);
        one.type = "button";
        one.dataset.choice = choice.id;
        group.append(one);
      }
      node.append(group);
    }
    talk.append(node);
    if (stay) newer.hidden = false;
    else toEnd();
    if (document.hidden) document.title = `● ${words.new}`;
  }

  /** Buttons of older bubbles turn grey; they still work, and the bot says where one stands. */
  function retire() {
    for (const group of talk.querySelectorAll(".choices:not(.old)")) group.classList.add("old");
  }

  /** Show what is new among these. Bubbles may come twice, and those of two ways may cross. */
  function take(says) {
    let fresh = 0;
    for (const say of says) {
      if (say.seq <= upto || seen.has(say.seq)) continue;
      seen.add(say.seq);
      showSaying(say);
      fresh += 1;
    }
    while (seen.delete(upto + 1)) upto += 1;
    return fresh;
  }

  // ---- sending, one after another

  let last = Promise.resolve();
  let waiting = 0;

  function newId() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
  }

  /** job: id, node, payload() for JSON or form() for files. */
  function send(job) {
    job.node.classList.add("sending");
    waiting += 1;
    typing.hidden = false;
    toEnd();
    last = last.then(() => post(job)).then((answer) => settle(job, answer));
  }

  function post(job) {
    return new Promise((resolve) => {
      const call = new XMLHttpRequest(); // unlike fetch, it tells how far an upload has come
      call.open("POST", `${base}/messages`);
      call.setRequestHeader("X-CSRF-Token", token);
      call.setRequestHeader("Accept", "application/json");
      call.timeout = job.form ? 300000 : 60000;
      call.onload = () => resolve({ status: call.status, told: parsed(call.responseText) });
      call.onerror = call.ontimeout = call.onabort = () => resolve({ status: 0, told: {} });
      if (job.form) {
        const bar = make("progress");
        bar.max = 1;
        bar.setAttribute("aria-label", words.sending);
        job.node.append(bar);
        call.upload.onprogress = (event) => {
          if (event.lengthComputable) bar.value = event.loaded / event.total;
        };
        call.onloadend = () => bar.remove();
        call.send(job.form());
      } else {
        call.setRequestHeader("Content-Type", "application/json");
        call.send(JSON.stringify(job.payload));
      }
    });
  }

  function parsed(content) {
    try {
      return JSON.parse(content);
    } catch {
      return {};
    }
  }

  function settle(job, { status, told }) {
    waiting -= 1;
    typing.hidden = waiting === 0;
    job.node.classList.remove("sending");
    if (status === 200 && Array.isArray(told.say)) {
      unsent.drop(job.id);
      const known = told.say.length > 0 && told.say.every((say) => say.seq <= before);
      if (known) job.node.remove(); // it had arrived before the page was loaded, which shows it already
      take(told.say);
      listen();
      return;
    }
    failed(job, told.detail || (navigator.onLine === false ? words.offline : words.trouble), status === 403);
  }

  function failed(job, why, outdated) {
    const told = make("p", "failure", why);
    const retry = button(words.again, "", () => {
      told.remove();
      talk.append(job.node); // it is said now
      send(job);
    });
    const drop = button(words.drop, "quiet", () => {
      unsent.drop(job.id);
      job.node.remove();
    });
    told.append(outdated ? button(words.reload, "", () => location.reload()) : retry, drop);
    told.setAttribute("role", "alert");
    job.node.append(told);
    if (nearEnd()) toEnd();
  }

  function sendText(said) {
    const id = newId();
    const node = line("citizen", said);
    retire();
    talk.append(node);
    unsent.keep({ id, text: said });
    send({ id, node, payload: { id, text: said } });
  }

  function sendChoice(chosen) {
    const id = newId();
    const node = line("citizen", chosen.textContent);
    chosen.classList.add("chosen");
    retire();
    talk.append(node);
    send({ id, node, payload: { id, choice: chosen.dataset.choice } });
  }

  function sendPlace(lat, lon) {
    const id = newId();
    const node = line("citizen", "");
    node.firstChild.append(make("p", "place", `${words["place.sent"]} ${lat.toFixed(5)}, ${lon.toFixed(5)}`));
    retire();
    talk.append(node);
    send({ id, node, payload: { id, location: { lat, lon } } });
  }

  function sendFiles(chosen) {
    let batch = [];
    let bytes = 0;
    for (const file of chosen) {
      if (file.size > MOST_BYTES) {
        aside(fill(words.large, { name: file.name || words.file }));
        continue;
      }
      if (batch.length === MOST_FILES || bytes + file.size > MOST_AT_ONCE) {
        sendBatch(batch);
        [batch, bytes] = [[], 0];
      }
      batch.push(file);
      bytes += file.size;
    }
    if (batch.length) sendBatch(batch);
  }

  function sendBatch(batch) {
    const id = newId();
    const node = line("citizen", "");
    for (const file of batch) node.firstChild.append(preview(file));
    talk.append(node);
    const form = () => {
      const filled = new FormData();
      filled.append("id", id);
      for (const file of batch) filled.append("file", file, file.name);
      return filled;
    };
    send({ id, node, form });
  }

  function preview(file) {
    const name = file.name || words.file;
    const plain = make("p", "file", name);
    if (!file.type.startsWith("image/")) return plain;
    const frame = make("span", "photo");
    const image = make("img");
    image.alt = fill(words.picture, { name });
    image.onload = () => toEnd();
    image.onerror = () => frame.replaceWith(plain); // a kind of picture that this browser cannot draw
    image.src = URL.createObjectURL(file);
    frame.append(image);
    return frame;
  }

  // ---- listening

  let source = null;
  let asking = 0;
  let worry = 0;

  function listen() {
    if (source || asking) return;
    if (!window.EventSource) {
      asking = setInterval(ask, ASK_EVERY);
      return;
    }
    source = new EventSource(`${base}/stream?after=${upto}`);
    source.onopen = calm;
    source.onmessage = (event) => {
      const say = parsed(event.data);
      if (say.seq && take([say])) arrived();
    };
    source.onerror = () => {
      if (!worry) worry = setTimeout(() => warn(words.lost), 2500); // a proxy that closes a quiet line is no trouble
      if (source.readyState !== EventSource.CLOSED) return;
      source = null; // refused: ask from time to time, and try to listen again later
      asking = setInterval(ask, ASK_EVERY);
      setTimeout(() => {
        clearInterval(asking);
        asking = 0;
        listen();
      }, LISTEN_AGAIN);
    };
  }

  function warn(sentence) {
    notice.textContent = sentence;
    notice.hidden = false;
  }

  function calm() {
    clearTimeout(worry);
    worry = 0;
    notice.hidden = true;
  }

  /** Ask for what is new. It also says what has been seen, so that the desk knows that a notice arrived. */
  async function ask() {
    if (document.hidden) return;
    try {
      const answer = await fetch(`${base}/messages?after=${upto}`, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const told = await answer.json();
      if (asking) calm();
      if (take(told.say)) arrived();
    } catch {
      if (asking) warn(words.lost);
    }
  }

  let soon = 0;

  function arrived() {
    clearTimeout(soon);
    soon = setTimeout(ask, 400);
  }

  // ---- the citizen's hands

  function fit() {
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight + 2, 152)}px`;
    sendButton.disabled = !text.value.trim();
  }

  text.addEventListener("input", () => {
    memory.set("draft", text.value);
    fit();
  });

  text.addEventListener("keydown", (event) => {
    const composing = event.isComposing || event.keyCode === 229; // Enter that picks a Chinese word
    if (event.key === "Enter" && !event.shiftKey && !composing) {
      event.preventDefault();
      composer.requestSubmit ? composer.requestSubmit() : submit();
    }
  });

  function submit() {
    const said = text.value;
    if (!said.trim()) return;
    if (Array.from(said).length > LONGEST_TEXT) {
      aside(words.long);
      return;
    }
    text.value = "";
    memory.set("draft", "");
    fit();
    sendText(said);
    text.focus();
  }

  composer.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });

  talk.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-choice]");
    if (!chosen) return;
    if (chosen.dataset.choice === "location") at("place").click(); // the bot's "send my location" is the page's own button
    else sendChoice(chosen);
  });

  scroll.addEventListener("click", (event) => {
    const topic = event.target.closest("[data-fill]");
    if (!topic) return;
    text.value = topic.dataset.fill;
    memory.set("draft", text.value);
    fit();
    text.focus();
  });

  at("photo").addEventListener("click", () => files.click());

  files.addEventListener("change", () => {
    sendFiles(Array.from(files.files));
    files.value = "";
  });

  text.addEventListener("paste", (event) => {
    const pasted = Array.from((event.clipboardData && event.clipboardData.files) || []);
    if (!pasted.length) return;
    event.preventDefault();
    sendFiles(pasted);
  });

  for (const kind of ["dragover", "dragleave", "drop"]) {
    body.addEventListener(kind, (event) => {
      if (!event.dataTransfer || !Array.from(event.dataTransfer.types).includes("Files")) return;
      event.preventDefault();
      body.classList.toggle("dropping", kind === "dragover");
      if (kind === "drop") sendFiles(Array.from(event.dataTransfer.files));
    });
  }

  at("place").addEventListener("click", () => {
    if (!window.isSecureContext) return aside(words["place.insecure"]);
    if (!navigator.geolocation) return aside(words["place.unknown"]);
    warn(words["place.asking"]);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        calm();
        sendPlace(coords.latitude, coords.longitude);
      },
      (error) => {
        calm();
        aside(words[error.code === error.PERMISSION_DENIED ? "place.refused" : "place.unknown"]);
      },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    );
  });

  newer.addEventListener("click", toEnd);
  scroll.addEventListener("scroll", () => {
    if (nearEnd()) newer.hidden = true;
  });

  const title = document.title;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    document.title = title;
    if (body.dataset.known || upto > before) ask();
  });

  // ---- begin

  text.value = memory.get("draft", "") || text.defaultValue;
  fit();
  for (const message of unsent.all()) {
    const node = line("citizen", message.text);
    talk.append(node);
    failed({ id: message.id, node, payload: message }, words.failed, false);
  }
  toEnd();
  if (body.dataset.known) {
    listen();
    if (!document.hidden) ask();
  }
})();
