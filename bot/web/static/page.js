// The page's whole logic: send an event, show the effects. No library, no outside address.
"use strict";

const byId = (id) => document.getElementById(id);
let labels = {};
let busy = false;

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function bytes(base64) {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

function showScreen(effect) {
  byId("title").textContent = effect.title;
  byId("text").textContent = effect.text;
  const buttons = byId("buttons");
  buttons.replaceChildren();
  for (const row of effect.rows) {
    const line = element("div", "row");
    for (const [label, data] of row) {
      const button = element("button", "", label);
      button.type = "button";
      button.addEventListener("click", () => send({ kind: "tap", text: data }));
      line.append(button);
    }
    buttons.append(line);
  }
  byId("message").placeholder = effect.hint || labels.message;
}

function showLetter(effect) {
  if (!effect.text) return;
  const block = element("article", "letter");
  effect.pictures.forEach((picture, number) => {
    const image = element("img");
    image.src = "data:image/png;base64," + picture;
    image.alt = effect.pictures.length > 1 ? `${effect.alt} (${number + 1})` : effect.alt;
    block.append(image);
  });
  if (effect.notice) block.append(element("p", "", effect.notice));
  const details = element("details");
  details.append(element("summary", "", effect.alt));
  const text = element("pre", "", effect.text);
  text.lang = effect.language;
  const copy = element("button", "", labels.copy);
  copy.type = "button";
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(effect.text);
    byId("toast").textContent = labels.copied;
  });
  details.append(text, copy);
  block.append(details);
  byId("log").append(block);
}

function showFiles(effect) {
  const block = element("div", "files");
  for (const file of effect.files) {
    const link = element("a", "", labels.save.replace("%", file.name));
    link.href = URL.createObjectURL(new Blob([bytes(file.data)], { type: file.mime }));
    link.download = file.name;
    block.append(link);
  }
  byId("log").append(block);
}

function show(answer) {
  labels = answer.labels;
  document.documentElement.lang = answer.language;
  byId("send").textContent = labels.send;
  byId("message-label").textContent = labels.message;
  byId("file-text").textContent = labels.file;
  byId("toast").textContent = "";
  for (const effect of answer.effects) {
    if (effect.kind === "screen") showScreen(effect);
    else if (effect.kind === "letter") showLetter(effect);
    else if (effect.kind === "files") showFiles(effect);
    else byId("toast").textContent = effect.text;
  }
  byId("title").focus({ preventScroll: true });
  byId("card").scrollIntoView({ block: "nearest" });
}

async function ask(path, options) {
  const response = await fetch(path, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  show(answer);
}

async function send(event) {
  if (busy) return false;
  busy = true;
  document.body.setAttribute("aria-busy", "true");
  document.querySelectorAll("#buttons button, #send").forEach((one) => { one.disabled = true; });
  // The same number again is the same event: a second try changes nothing twice.
  const id = crypto.getRandomValues(new Uint32Array(2));
  const body = JSON.stringify({ ...event, id: id[0] * 0x100000 + (id[1] & 0xfffff) });
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body };
  let sent = true;
  try {
    try {
      await ask("event", options);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      await ask("event", options);
    }
  } catch {
    byId("toast").textContent = labels.offline;
    sent = false;
  }
  busy = false;
  document.body.removeAttribute("aria-busy");
  document.querySelectorAll("#buttons button, #send").forEach((one) => { one.disabled = false; });
  return sent;
}

async function submit() {
  const field = byId("message");
  const text = field.value;
  if (!text.trim()) return;
  const mine = element("p", "mine", text);
  mine.setAttribute("aria-label", `${labels.you}: ${text}`);
  byId("log").append(mine);
  if (await send({ kind: "typed", text })) {
    field.value = "";
    field.rows = 1;
  } else {
    mine.remove();
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

byId("message").addEventListener("input", (event) => {
  event.target.rows = Math.min(6, event.target.value.split("\n").length);
});

byId("file").addEventListener("change", async (event) => {
  const file = event.target.files[0];
  event.target.value = "";
  if (!file) return;
  if (file.size > 1000000) {
    byId("toast").textContent = labels.large;
    return;
  }
  const data = await new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(",")[1] || "");
    reader.readAsDataURL(file);
  });
  byId("log").append(element("p", "mine", file.name));
  send({ kind: "file", text: file.name, data });
});

ask("state").catch(() => { byId("title").textContent = "…"; });
