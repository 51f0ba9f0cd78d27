// The page: shows what an answer holds, and sends what the user taps, types and attaches.
// No library, no outside address.

import * as blocks from "./blocks.js";
import { button, byId, element, labels, naming, say } from "./dom.js";
import * as field from "./field.js";
import { opening, person, taken } from "./tab.js";
import { bringIntoView, line } from "./talk.js";
import { failed, isBusy, look, open, send, Shut, shownBy } from "./wire.js";

const STEPS = new Set(["back", "home", "page"]); // ways about, which the talk does not tell
const LARGEST = 8 * 1024 * 1024;

const log = byId("log");
let topic = "";
let watching = 0;
const SOON = 700; // milliseconds to the next look at what moves by itself
const SLOWEST = 5600;
let pace = SOON;
let screen = "";

// The card.

/** What the card asks; at home, from where no way leads back, it asks nothing. */
function asked() {
  return wayBack() ? byId("title").textContent : "";
}

/** A tap, with its line in the talk once it led somewhere. */
function tap(label, data) {
  const said = STEPS.has(data.split(":")[1]) ? null : [asked(), label];
  return send({ kind: "tap", text: data }, said);
}

function rowOf(row) {
  const made = element("div", "row");
  row.forEach(([label, data, main], number) => {
    const one = button(main ? "main" : "", label, () => tap(label, data));
    one.dataset.data = data;
    // Dots alone do not say whose they are: that stands beside them.
    if (number && !/[\p{L}\p{N}]/u.test(label)) {
      one.setAttribute("aria-label", naming(labels.more, row[number - 1][0]));
      one.className = "small";
    }
    made.append(one);
  });
  return made;
}

/** The screen, unless it stands there already: what comes by itself takes no button away. */
function showScreen(effect) {
  const now = JSON.stringify(effect);
  pace = now === screen ? Math.min(2 * pace, SLOWEST) : SOON;
  if (now === screen) return;
  screen = now;
  topic = effect.topic;
  byId("title").textContent = effect.title;
  byId("text").textContent = effect.text;
  byId("buttons").replaceChildren(...effect.rows.map(rowOf));
  field.ask(effect.hint || labels.message);
  field.fill(effect.filled || "");
}

/** The drafts whose buttons the card has. */
function drafts() {
  return new Set([...byId("buttons").querySelectorAll("button")].map((one) => one.dataset.data.split(":")[0]));
}

// Answers.

const MADE = { letter: blocks.letter, text: blocks.text, files: blocks.files, invitation: blocks.invitation };

function isEmpty(effect) {
  return effect.kind === "files" ? !effect.files.length : !effect.text;
}

/** Whether an answer leads on: to another screen, or to something that was made. */
function leadsOn(effects) {
  const title = byId("title").textContent;
  return effects.some((one) => one.kind in MADE || (one.kind === "screen" && one.title !== title));
}

/** Nothing of the talk stays on the page, neither here nor in the browser's other tabs. */
function clear() {
  blocks.clear();
  log.replaceChildren();
  field.put("");
}

async function show(answer, { quiet = false, unasked = false, opened = false, said = null } = {}) {
  Object.assign(labels, answer.labels);
  document.documentElement.lang = answer.language;
  byId("form").hidden = false;
  byId("send").textContent = labels.send;
  byId("file-text").textContent = labels.file;
  log.setAttribute("aria-label", labels.talk);
  byId("form").setAttribute("aria-label", labels.answer);
  byId("beside").setAttribute("aria-label", labels.letter);
  const built = answer.effects.map((one) => (one.kind in MADE && !isEmpty(one) ? MADE[one.kind](one) : null));
  const drawn = built.flatMap((block) => block?.drawn || []);
  if (drawn.length) await Promise.all(drawn);
  say("");
  if (said && leadsOn(answer.effects)) line(...said);
  const made = [];
  let notice = "";
  answer.effects.forEach((effect, number) => {
    const block = built[number];
    if (effect.kind === "screen") showScreen(effect);
    else if (effect.kind === "toast") notice = effect.text;
    else if (effect.kind === "cleared") {
      clear();
      tabs.postMessage("cleared");
    } else if (block) {
      blocks.add(block);
      made.push(block);
      notice ||= opened ? "" : effect.ready || "";
      if (effect.kind === "files" && !opened) blocks.download(block);
    }
  });
  if (opened) field.restore(answer.half);
  say(notice);
  blocks.arrange(drafts());
  guard();
  if (!quiet) {
    // What comes by itself takes nobody out of the field.
    if (!unasked) byId("title").focus({ preventScroll: true });
    bringIntoView(made);
  }
  clearTimeout(watching);
  // Files are kept until the program knows that they are here.
  if (answer.effects.some((effect) => effect.owed)) watching = setTimeout(watch);
  else if (answer.effects.some((effect) => effect.moves)) watching = setTimeout(watch, pace);
}

/** The program does not know this tab, or not any more: a card says what to do, or one line below it. */
function shutOut({ title, message }) {
  if (screen) {
    say(message);
    return;
  }
  byId("title").textContent = title;
  byId("text").textContent = message;
  byId("form").hidden = true;
}

/** Look again while something is under way; it stops with the first answer that stands still. */
async function watch() {
  if (isBusy()) {
    watching = setTimeout(watch, SOON);
    return;
  }
  try {
    await look({}, { quiet: true });
  } catch (error) {
    if (error instanceof Shut) failed(error);
    else watching = setTimeout(watch, 3000);
  }
}

// What was forgotten in one tab is forgotten in all.

const tabs = new BroadcastChannel(`demarche${person}`);
tabs.addEventListener("message", () => {
  clear();
  look({}, { quiet: true }).catch(failed);
});

// The browser's own Back does what the screen's Back does; where there is none, it leaves.

function wayBack() {
  const ways = [...byId("buttons").querySelectorAll("button")].map((one) => one.dataset.data);
  return ["back", "home"].map((step) => ways.find((data) => data.split(":")[1] === step)).find(Boolean);
}

function guard() {
  if (wayBack() && history.state !== "in") history.pushState("in", "");
}

/** The whole address was opened in this tab: the key of a program that was started again. */
function entered() {
  if (!taken()) return false;
  open(opening());
  return true;
}

addEventListener("hashchange", entered);

addEventListener("popstate", () => {
  if (entered()) return;
  const way = wayBack();
  if (!way) history.back();
  else {
    guard();
    tap("", way);
  }
});

// What the user types and attaches.

async function submit() {
  const text = byId("message").value;
  if (isBusy() || !text.trim()) return;
  const said = line(asked(), text);
  const answer = await send({ kind: "typed", text, about: topic });
  // A text that was not taken stays in the field.
  if (!answer || answer.effects.some((effect) => effect.kept)) said.remove();
  else {
    field.answered(text);
    bringIntoView();
  }
}

byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});

byId("message").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    submit();
  }
});

// Whoever types straight after an answer types into the field.
document.addEventListener("keydown", (event) => {
  const idle = document.activeElement === byId("title") || document.activeElement === document.body;
  const letter = event.key.length === 1 && event.key !== " ";
  if (idle && letter && !event.ctrlKey && !event.metaKey && !event.altKey) byId("message").focus();
});

function base64Of(file) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(",")[1] || "");
    reader.onerror = () => resolve("");
    reader.readAsDataURL(file);
  });
}

byId("file").addEventListener("change", async (event) => {
  const file = event.target.files[0];
  if (isBusy() || !file) return;
  if (file.size > LARGEST) {
    say(labels.large);
    event.target.value = "";
    return;
  }
  const data = await base64Of(file);
  event.target.value = "";
  const said = line(asked(), file.name);
  if (!(await send({ kind: "file", text: file.name, data, about: topic }))) said.remove();
});

addEventListener("widened", () => blocks.arrange(drafts()));

shownBy(show, shutOut);
open(opening());
