// The field: it grows with its text, and opens filled where there is a text to change.

import { byId } from "./dom.js";
import { leave } from "./tab.js";

const MOST = 0.4; // of the height of what is seen

const field = byId("message");
const low = matchMedia("(max-height: 480px)"); // the question stands in the field itself
let filled = "";

/** As high as its text, wrapped lines and all. */
export function fit() {
  field.style.height = field.value || low.matches ? "auto" : "";
  if (!field.style.height) return;
  const edges = field.offsetHeight - field.clientHeight;
  field.style.height = `${Math.min(field.scrollHeight + edges, innerHeight * MOST)}px`;
}

/** What the field is for. */
export function ask(question) {
  byId("message-label").textContent = question;
  field.placeholder = question;
  fit();
}

export function put(text) {
  if (field.value === text) return;
  field.value = text;
  fit();
}

/** The screen's text to change; never over something half typed. */
export function fill(text) {
  const untouched = field.value === filled || !field.value;
  if (untouched && text !== filled) put(text);
  filled = text;
}

/** What was typed is answered: the field as the screen wants it, if nothing was typed on. */
export function answered(text) {
  if (field.value === text) put(filled);
  remember();
}

/** What is half typed, for a reload of this tab. */
export function remember() {
  leave(field.value === filled ? "" : field.value);
}

/** What was half typed before the reload. */
export function restore(text) {
  if (text && (field.value === filled || !field.value)) put(text);
}

field.addEventListener("input", fit);
addEventListener("resize", fit);
addEventListener("pagehide", remember);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") remember();
});
