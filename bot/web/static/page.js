// The page's whole logic: send an event, show the effects. No library, no outside address.
"use strict";

const byId = (id) => document.getElementById(id);
let labels = {};
let busy = false;
let watching = 0;
let topic = "";
let unanswered = { body: "", id: 0 };

/** The program's own words on why it cannot take an event. */
class Refused extends Error {}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function bytes(base64) {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

function button(className, label, action) {
  const made = element("button", className, label);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
}

function say(text) {
  byId("toast").textContent = text;
}

function showScreen(effect) {
  topic = effect.topic;
  byId("title").textContent = effect.title;
  byId("text").textContent = effect.text;
  const rows = effect.rows.map((row) => {
    const line = element("div", "row");
    line.append(...row.map(([label, data]) => button("", label, () => send({ kind: "tap", text: data }))));
    return line;
  });
  byId("buttons").replaceChildren(...rows);
  byId("message-label").textContent = effect.hint || labels.message;
}

function showText(effect) {
  const block = element("div", "letter");
  block.append(element("pre", "", effect.text));
  byId("log").append(block);
}

function showLetter(effect) {
  if (!effect.text) return;
  const block = element("article", "letter");
  if (effect.draft) block.dataset.draft = effect.draft;
  const pages = button("picture", "", () => {
    pages.setAttribute("aria-expanded", pages.getAttribute("aria-expanded") !== "true");
  });
  pages.setAttribute("aria-expanded", "false");
  effect.pictures.forEach((picture, number) => {
    const image = element("img");
    image.src = "data:image/png;base64," + picture;
    image.alt = effect.pictures.length > 1 ? `${effect.alt} (${number + 1})` : effect.alt;
    image.lang = effect.language;
    pages.append(image);
  });
  const details = element("details");
  const summary = element("summary", "", effect.alt);
  const text = element("pre", "", effect.text);
  summary.lang = text.lang = effect.language;
  details.append(summary, text, button("", labels.copy, async () => {
    try {
      await navigator.clipboard.writeText(effect.text);
      say(labels.copied);
    } catch {
      getSelection().selectAllChildren(text);
    }
  }));
  block.append(pages, details);
  if (effect.notice) block.append(element("p", "", effect.notice));
  // An edit renews the letter where it stands.
  const shown = [...document.querySelectorAll("#log > .letter")].filter((one) => one.dataset.draft === effect.draft);
  if (effect.renews && shown.length) shown.at(-1).replaceWith(block);
  else byId("log").append(block);
}

function showFiles(effect) {
  const block = element("div", "files");
  for (const file of effect.files) {
    const link = element("a", "", labels.save.replace("%", () => file.name));
    link.href = URL.createObjectURL(new Blob([bytes(file.data)], { type: file.mime }));
    link.download = file.name;
    block.append(link);
  }
  byId("log").append(block);
}

function showMine(text) {
  const mine = element("p", "mine");
  mine.append(element("span", "hidden", `${labels.you}: `), text);
  byId("log").append(mine);
  return mine;
}

/** Nothing of the talk stays on the page, neither here nor in the browser's other tabs. */
function clear() {
  for (const link of document.querySelectorAll("#log .files a")) URL.revokeObjectURL(link.href);
  byId("log").replaceChildren();
  byId("message").value = "";
  fit(byId("message"));
}

const tabs = new BroadcastChannel("demarche");
tabs.addEventListener("message", () => {
  clear();
  ask("state", undefined, true).catch(() => say(labels.offline));
});

/** The whole card above the form, its end last; a card too tall for that from its top. */
function bringIntoView() {
  const card = byId("card").getBoundingClientRect();
  const room = innerHeight - byId("form").offsetHeight - 12;
  const top = card.height > room ? card.top - 8 : card.bottom - room;
  if (top > 0 || card.top < 0) scrollBy({ top });
}

function show(answer, quiet = false) {
  labels = answer.labels;
  document.documentElement.lang = answer.language;
  byId("send").textContent = labels.send;
  byId("file-text").textContent = labels.file;
  say("");
  for (const effect of answer.effects) {
    if (effect.kind === "screen") showScreen(effect);
    else if (effect.kind === "letter") showLetter(effect);
    else if (effect.kind === "text") showText(effect);
    else if (effect.kind === "files") showFiles(effect);
    else if (effect.kind === "cleared") {
      clear();
      tabs.postMessage("cleared");
    }
    else say(effect.text);
  }
  const moves = answer.effects.some((effect) => effect.moves);
  if (!quiet) {
    byId("title").focus({ preventScroll: true });
    bringIntoView();
  }
  clearTimeout(watching);
  if (moves) watching = setTimeout(watch, 700);
}

/** Look again while something is under way; it stops with the first answer that stands still. */
async function watch() {
  if (busy) {
    watching = setTimeout(watch, 700);
    return;
  }
  try {
    await ask("state", undefined, true);
  } catch {
    watching = setTimeout(watch, 3000);
  }
}

async function ask(path, options, quiet = false) {
  const response = await fetch(path, options);
  const answer = await response.json();
  if (response.status === 503) throw new Refused(answer.error);
  if (!response.ok) throw new Error(answer.error);
  // What a user does meanwhile is answered by a screen of its own; files are never dropped.
  if (quiet && busy) answer.effects = answer.effects.filter((effect) => effect.kind !== "screen");
  show(answer, quiet && answer.effects.every((effect) => effect.kind === "screen"));
}

async function send(event) {
  if (busy) return false;
  busy = true;
  document.body.setAttribute("aria-busy", "true");
  // The same number again is the same event: a second try changes nothing twice.
  const body = JSON.stringify(event);
  if (body !== unanswered.body) {
    const id = crypto.getRandomValues(new Uint32Array(2));
    unanswered = { body, id: id[0] * 0x100000 + (id[1] & 0xfffff) };
  }
  const options = {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...event, id: unanswered.id }),
  };
  let sent = true;
  try {
    try {
      await ask("event", options);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      await ask("event", options);
    }
    unanswered = { body: "", id: 0 };
  } catch (error) {
    say(error instanceof Refused ? error.message : labels.offline);
    sent = false;
  }
  busy = false;
  document.body.removeAttribute("aria-busy");
  return sent;
}

async function submit() {
  const field = byId("message");
  const text = field.value;
  if (busy || !text.trim()) return;
  const mine = showMine(text);
  if (await send({ kind: "typed", text, about: topic })) {
    // What was typed on while the answer was on its way stays.
    field.value = field.value === text ? "" : field.value;
    fit(field);
    bringIntoView();
  } else {
    mine.remove();
  }
}

function fit(field) {
  field.rows = Math.min(6, field.value.split("\n").length);
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

byId("message").addEventListener("input", (event) => fit(event.target));

// Whoever types straight after an answer types into the field.
document.addEventListener("keydown", (event) => {
  const idle = document.activeElement === byId("title") || document.activeElement === document.body;
  const letter = event.key.length === 1 && event.key !== " ";
  if (idle && letter && !event.ctrlKey && !event.metaKey && !event.altKey) byId("message").focus();
});

byId("file").addEventListener("change", async (event) => {
  const file = event.target.files[0];
  if (busy || !file) return;
  if (file.size > 8 * 1024 * 1024) {
    say(labels.large);
    event.target.value = "";
    return;
  }
  const data = await new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(",")[1] || "");
    reader.onerror = () => resolve("");
    reader.readAsDataURL(file);
  });
  event.target.value = "";
  const mine = showMine(file.name);
  if (!(await send({ kind: "file", text: file.name, data }))) mine.remove();
});

ask("state").catch((error) => {
  if (error instanceof Refused) say(error.message);
});
