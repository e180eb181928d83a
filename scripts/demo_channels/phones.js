// The two phones. All that comes from outside is put in as text, never as markup.

import { english, t } from "/static/words.js";

const LONGEST_SIDE = 1600; // pixels of a photo, as phones send them

// ---- what both share

export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "class") node.className = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

const shortTime = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
const dayTime = new Intl.DateTimeFormat("zh-CN", {
  month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai",
});
export const clock = (seconds) => shortTime.format(seconds * 1000);
export const moment = (seconds) => dayTime.format(seconds * 1000);

const button = (label, run, props = {}) => h("button", { type: "button", onclick: run, ...props }, label);

/** Draw rows so that those which are as they were stay where they are: nothing blinks, nothing is read twice. */
function keep(list, rows, key, draw) {
  const before = new Map([...list.children].map((node) => [node.dataset.key, node]));
  const now = rows.map((row) => {
    const name = String(key(row));
    const looks = JSON.stringify([row, english()]);
    const old = before.get(name);
    if (old && old.looks === looks) return old;
    const node = draw(row);
    node.dataset.key = name;
    node.looks = looks;
    return node;
  });
  for (const node of [...list.children]) if (!now.includes(node)) node.remove();
  now.forEach((node, place) => {
    if (list.children[place] !== node) list.insertBefore(node, list.children[place] ?? null);
  });
}

class Phone {
  constructor(root, platform, act) {
    this.root = root;
    this.platform = platform;
    this.act = act;
    this.who = null;
    this.state = null;
    this.editing = null;
    this.build();
  }

  build() {
    this.time = h("span", { class: "time" });
    this.people = h("div", { class: "people", role: "group" });
    this.note = h("p", { class: "note" });
    this.talk = h("ol", { class: "talk", role: "log", tabindex: "0" });
    this.text = h("textarea", { rows: "1", id: `${this.platform}-text`, maxlength: "4000" });
    this.send = h("button", { type: "submit", class: "send" });
    this.plus = button("+", () => (this.sheet.hidden ? this.open(this.offers()) : this.close()), { class: "plus" });
    this.compose = h("form", { class: "compose", onsubmit: (event) => this.submit(event) }, this.plus, this.text, this.send);
    this.text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event);
    });
    this.banner = h("div", { class: "banner", hidden: true });
    this.sheet = h("div", { class: "sheet", hidden: true });
    this.foot = h("div", { class: "foot" });
    this.gate = h("div", { class: "gate", hidden: true });
    this.heading = h("h2");
    this.input = h("input", { type: "file", accept: "image/*", multiple: true, hidden: true, onchange: () => this.chosen() });
    this.root.replaceChildren(
      h("div", { class: "bezel" },
        h("div", { class: "status" }, this.time, this.people),
        h("div", { class: "bar" }, this.heading, this.note),
        this.talk, this.banner, this.compose, this.gate, this.foot, this.sheet, this.input));
  }

  do(action, given = {}) {
    this.close();
    return this.act(`/${this.platform}/${this.who}/${action}`, given);
  }

  submit(event) {
    event.preventDefault();
    const text = this.text.value.trim();
    if (!text) return;
    this.text.value = "";
    if (this.editing !== null) this.do("edit", { message: this.editing, text });
    else this.do("say", { text });
    this.edit(null);
  }

  edit(message, text = "") {
    this.editing = message;
    this.banner.hidden = message === null;
    if (message !== null) {
      this.banner.replaceChildren(h("span", {}, `${t("editing")}：${text.slice(0, 40)}`), button(t("cancel"), () => {
        this.text.value = "";
        this.edit(null);
      }));
      this.text.value = text;
      this.text.focus();
    }
  }

  // the sheet below: [label, what it does] or [label, further rows]
  open(rows, above = null) {
    this.sheet.replaceChildren(
      ...(above ? [button(t("back"), () => this.open(above), { class: "back" })] : []),
      ...rows.map(([label, then]) => button(label, Array.isArray(then) ? () => this.open(then, rows) : then)));
    this.sheet.hidden = false;
    this.low(); // what was read last stays above it
    this.plus.setAttribute("aria-expanded", "true");
  }

  close() {
    this.sheet.hidden = true;
    this.plus.setAttribute("aria-expanded", "false");
  }

  pictures() {
    const samples = Array.from({ length: this.all.samples }, (_, n) => n);
    return [
      ...samples.map((n) => [`${t("sample")} ${n + 1}`, () => this.do("photos", { samples: [n] })]),
      [t("choose"), () => this.input.click()],
    ];
  }

  spots() {
    return this.all.spots.map((label, spot) => [label, () => this.do("location", { spot })]);
  }

  places(action) {
    return this.all.places.map((place) => [english() ? place.english : place.name, () => this.do(action, { code: place.code })]);
  }

  async chosen() {
    const files = await Promise.all([...this.input.files].slice(0, 10).map(shrunk));
    this.input.value = "";
    if (files.length) this.do("photos", { files });
  }

  show(all, now) {
    this.all = all;
    const people = all.people[this.platform];
    this.who ??= people[0].id;
    this.state = all[this.platform][this.who];
    this.heading.textContent = t("account");
    this.people.setAttribute("aria-label", t("people"));
    this.talk.setAttribute("aria-label", `${t(this.platform)} · ${t("talk")}`);
    this.text.setAttribute("aria-label", t("write"));
    this.text.placeholder = t("write");
    this.send.textContent = t("send");
    this.plus.setAttribute("aria-label", t("more"));
    keep(this.people, people.map((one) => ({ ...one, on: one.id === this.who })), (one) => one.id, (one) =>
      button(english() ? one.english : one.name, () => this.choose(one.id), { "aria-pressed": String(one.on) }));
    this.tick(now);
    const low = this.talk.scrollHeight - this.talk.scrollTop - this.talk.clientHeight < 80;
    const last = this.talk.lastElementChild;
    this.draw();
    if (low || this.talk.lastElementChild !== last) this.low();
  }

  low() {
    this.talk.scrollTop = this.talk.scrollHeight;
  }

  tick(now) {
    this.time.textContent = clock(now);
    if (this.state) this.note.textContent = this.told(now);
  }

  choose(who) {
    this.who = who;
    this.edit(null);
    this.close();
    this.talk.replaceChildren();
    this.act(null);
  }
}

async function shrunk(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = h("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.85).split(",")[1];
}

const line = (side, ...inside) => h("li", { class: `line ${side}` }, ...inside);
const picture = (src) => h("img", { src, alt: t("picture"), loading: "lazy" });
const map = (label) => h("div", { class: "map" }, h("span", { class: "pin" }), h("span", { class: "where" }, label));
const recorded = () => h("span", { class: "recorded" }, h("i"), h("i"), h("i"), t("seconds_voice"));
/** A voice message; below it the words that the platform recognised, where it did. */
const spoken = (words) => [recorded(), words ? h("span", { class: "words recognised" }, words) : null];

// ---- the left one

export class Wechat extends Phone {
  told(now) {
    const { subscribed, blocked, windows } = this.state;
    if (!subscribed) return t("unfollowed");
    if (blocked) return t("refused");
    const open = windows.filter((window) => window.ends > now && window.left > 0);
    if (!open.length) return t("closed");
    const left = open.reduce((sum, window) => sum + window.left, 0);
    return t("window", { left, until: moment(Math.max(...open.map((window) => window.ends))) });
  }

  offers() {
    return [
      [t("photo"), this.pictures()],
      [t("voice"), () => this.do("voice")],
      [t("voice_words"), () => this.do("voice", { text: t("voice_said") })],
      [t("location"), this.spots()],
      [t("scan"), this.places("scan")],
      [this.state.blocked ? t("accept") : t("refuse"), () => this.do("block", { on: !this.state.blocked })],
      [t("unfollow"), () => this.do("unfollow")],
    ];
  }

  draw() {
    const { subscribed, bubbles, menu } = this.state;
    keep(this.talk, bubbles, (bubble) => bubble.seq, (bubble) => this.bubble(bubble));
    this.compose.hidden = !subscribed;
    this.gate.hidden = subscribed;
    keep(this.gate, subscribed ? [] : ["follow", "follow_scan"], (key) => key, (key) =>
      button(t(key), () => (key === "follow" ? this.do("follow") : this.open(this.places("scan")))));
    keep(this.foot, subscribed ? menu : [], (item) => item.key, (item) => button(item.name, () => this.do("click", { key: item.key })));
  }

  bubble(bubble) {
    if (bubble.who === "system" || bubble.kind === "event") return line("tip", h("span", {}, bubble.text));
    if (bubble.who === "me") return line("mine", h("div", { class: "bubble" }, this.inside(bubble)));
    const way = bubble.way ? h("small", {}, `${clock(bubble.at)} · ${t(bubble.way)}`) : null;
    if (Object.keys(bubble.fields).length) return line("theirs", this.form(bubble), way);
    return line("theirs", h("div", { class: "bubble" }, this.inside(bubble), this.items(bubble)), way);
  }

  inside(bubble) {
    if (bubble.kind === "image") return picture(`/wechat${bubble.url}`);
    if (bubble.kind === "voice") return spoken(bubble.text);
    if (bubble.kind === "location") return map(bubble.text);
    return h("span", { class: "words" }, bubble.text);
  }

  items(bubble) {
    if (!bubble.items.length) return null;
    return h("div", { class: "items" }, bubble.items.map((item) => button(item.content, () => this.do("tap", { id: item.id }))));
  }

  form(bubble) {
    const rows = Object.entries(bubble.fields).map(([key, value]) => [h("dt", {}, t(key)), h("dd", {}, value)]);
    return h("div", { class: "bubble form" }, h("strong", {}, bubble.text), h("dl", {}, rows));
  }
}

// ---- the right one

export class Telegram extends Phone {
  told() {
    if (this.state.blocked) return t("blocked");
    return t(this.state.messages.length ? "always" : "never");
  }

  offers() {
    return [
      [t("photo"), this.pictures()],
      [t("album"), () => this.do("photos", { samples: [0, 1, 2] })],
      [t("voice"), () => this.do("voice")],
      [t("location"), this.spots()],
      [t("contact"), () => this.do("contact")],
      [t("link"), this.places("start")],
      ...(this.state.commands.length ? [[t("commands"), this.state.commands.map((one) => [
        `/${one.command} ${one.description}`, () => this.do("say", { text: `/${one.command}` })])]] : []),
      [t("block"), () => this.do("block", { on: true })],
    ];
  }

  draw() {
    const { messages, keyboard, blocked } = this.state;
    const begun = messages.length > 0 && !blocked;
    keep(this.talk, messages, (message) => message.message_id, (message) => this.message(message));
    this.compose.hidden = !begun;
    this.gate.hidden = begun;
    keep(this.gate, begun ? [] : blocked ? ["unblock"] : ["start", "link"], (key) => key, (key) => button(t(key), () => {
      if (key === "link") this.open(this.places("start"));
      else if (key === "unblock") this.do("block", { on: false });
      else this.do("start");
    }));
    const keys = begun && keyboard ? keyboard.flat() : [];
    keep(this.foot, keys, (key) => key.text, (key) => button(key.text, () => this.do("press", { button: key.text })));
  }

  message(message) {
    if (message.kind === "service") return line("tip", h("span", {}, message.text || message.kind));
    const mine = message.from === "user";
    const edit = mine && message.kind === "text"
      ? button(t("edit"), () => this.edit(message.message_id, message.text), { class: "edit" }) : null;
    const marks = `${message.edits ? `${t("edited")} ` : ""}${clock(message.at)}`;
    return line(`${mine ? "mine" : "theirs"} ${message.media_group_id ? "album" : ""}`,
      h("div", { class: "bubble" }, this.inside(message), h("small", {}, edit, marks)),
      this.keys(message));
  }

  inside(message) {
    const words = message.text ? h("span", { class: "words" }, marked(message.text, message.entities ?? [])) : null;
    if (message.photo) return [picture(`/telegram/file/${encodeURIComponent(message.photo)}`), words];
    if (message.kind === "voice") return recorded();
    if (message.kind === "location") return map(`${message.location.latitude.toFixed(4)}, ${message.location.longitude.toFixed(4)}`);
    if (message.kind === "venue") return map(message.venue.title);
    if (message.kind === "contact") return h("span", { class: "words" }, `${message.contact.first_name} ${message.contact.phone_number}`);
    if (message.kind === "document" || message.kind === "video") return h("span", { class: "words" }, t(message.kind));
    return words;
  }

  keys(message) {
    if (!message.buttons.length) return null;
    return h("div", { class: "keys" }, message.buttons.map((row) => h("div", {}, row.map((key) =>
      button(key.text, () => this.do("press", { button: key.callback_data ?? key.text, message: message.message_id }),
        { disabled: !key.callback_data })))));
  }
}

const MARKS = { bold: "strong", italic: "em", code: "code", pre: "code", underline: "u", strikethrough: "s" };

/** A text with its marked pieces; places are counted in UTF-16, as in this language. */
function marked(text, entities) {
  const pieces = [];
  let done = 0;
  for (const { type, offset, length } of [...entities].sort((a, b) => a.offset - b.offset)) {
    if (offset < done || !(type in MARKS)) continue;
    pieces.push(text.slice(done, offset), h(MARKS[type], {}, text.slice(offset, offset + length)));
    done = offset + length;
  }
  return [...pieces, text.slice(done)];
}
