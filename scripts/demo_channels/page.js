// What keeps the page alive: it looks twice a second, draws what is new, and passes on what is pressed.

import { clock, h, moment, Telegram, Wechat } from "/static/phones.js";
import { english, t, turn } from "/static/words.js";

const LOOK_EVERY = 500; // milliseconds
const SAID_FOR = 4000;
const $ = (id) => document.getElementById(id);
const body = document.body;

let seen = "";
let all = null;
let hushed = 0;

const now = () => Date.now() / 1000 + (all?.ahead ?? 0);

// ---- asking

async function act(path, given) {
  if (path === null) return show();
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(given),
    });
    if (!answer.ok) say(`${t("failed")}：${(await answer.json().catch(() => ({}))).why ?? answer.status}`);
  } catch {
    say(t("lost"));
  }
  return look();
}

async function look() {
  try {
    const answer = await fetch(`/state?seen=${seen}`);
    if (answer.status !== 200) return;
    seen = answer.headers.get("X-Version");
    all = await answer.json();
  } catch {
    say(t("lost"));
    return;
  }
  show();
}

function say(words) {
  $("said").textContent = words;
  $("said").hidden = false;
  clearTimeout(hushed);
  hushed = setTimeout(() => ($("said").hidden = true), SAID_FOR);
}

// ---- drawing

const phones = [new Wechat($("wechat"), "wechat", act), new Telegram($("telegram"), "telegram", act)];

function show() {
  if (!all) return;
  $("desk").href = `${all.jiesu.url}/desk`;
  $("chat").href = `${all.jiesu.url}/chat/web`;
  for (const phone of phones) phone.show(all, now());
  users();
  troubles();
  wire();
  tick();
}

function tick() {
  $("now").textContent = all ? moment(now()) : "";
  if (all) for (const phone of phones) phone.tick(now());
}

function users() {
  $("users").replaceChildren(...Object.entries(all.jiesu.passwords).flatMap(([name, password]) => [
    h("dt", {}, name), h("dd", {}, h("code", {}, password), ` ${t("password")}`)]));
}

function troubles() {
  const on = new Set(all.troubles.map((one) => `${one.platform} ${one.kind}`));
  const cell = (platform, kind) => {
    const pressed = on.has(`${platform} ${kind}`);
    const press = () => act("/trouble", { platform, kind, on: !pressed });
    return h("button", { type: "button", class: "button", "aria-pressed": String(pressed), onclick: press, "data-trouble": `${platform}-${kind}` }, t(kind));
  };
  const focused = document.activeElement?.dataset.trouble;
  $("troubles").replaceChildren(...["wechat", "telegram"].map((platform) =>
    h("div", { role: "group", "aria-label": t(platform) }, h("b", {}, t(platform)), all.kinds.map((kind) => cell(platform, kind)))));
  if (focused) document.querySelector(`[data-trouble="${focused}"]`)?.focus();
}

function wire() {
  const open = new Set([...document.querySelectorAll("#wire details[open]")].map((node) => node.dataset.id));
  if (!all.wire.length) return $("wire").replaceChildren(h("li", { class: "hint" }, t("nothing")));
  $("wire").replaceChildren(...all.wire.map((row) => {
    const head = [
      h("time", {}, clock(row.at)), h("b", { class: row.platform }, `${t(row.platform)} ${row.way === "in" ? "→" : "←"}`),
      h("span", { class: "what" }, row.what.replace("/cgi-bin/", "")),
      h("span", { class: row.good ? "told good" : "told bad" }, row.ms === null ? row.told : `${row.told} · ${row.ms} ms`)];
    if (!row.more) return h("li", { class: "call" }, head);
    return h("li", {}, h("details", { "data-id": row.id, open: open.has(row.id) }, h("summary", { class: "call" }, head), h("pre", {}, row.more)));
  }));
}

function speak() {
  document.documentElement.lang = english() ? "en" : "zh-CN";
  document.title = t("title");
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = t(node.dataset.word);
  $("language").textContent = english() ? "中文" : "English";
  $("language").lang = english() ? "zh-CN" : "en";
  show();
}

// ---- pressing

for (const each of document.querySelectorAll("[data-to]")) {
  each.addEventListener("click", () => {
    body.dataset.tab = each.dataset.to;
    tabs();
    show();
    for (const phone of phones) phone.low(); // what is not shown forgets where it was
  });
}

function tabs() {
  for (const each of document.querySelectorAll("[data-to]")) each.setAttribute("aria-pressed", String(each.dataset.to === body.dataset.tab));
}

for (const each of document.querySelectorAll("[data-seconds]")) {
  each.addEventListener("click", () => act("/clock", { seconds: Number(each.dataset.seconds) }));
}

$("language").addEventListener("click", () => {
  turn();
  speak();
});

addEventListener("resize", () => phones.forEach((phone) => phone.low()));

tabs();
speak();
look();
setInterval(look, LOOK_EVERY);
setInterval(tick, 1000);
