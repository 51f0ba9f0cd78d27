// The way to the program and back: an event is sent once, an answer is shown once.

import { byId, labels, say } from "./dom.js";
import { asPerson, posted } from "./tab.js";

/** The program's own words on why it cannot take an event. */
class Refused extends Error {}

/** The program does not know this tab: its words on what to do. */
export class Shut extends Error {
  constructor({ title, text }) {
    super(text);
    this.title = title;
  }
}

let busy = true; // until the first answer is here
let unanswered = { body: "", id: 0 };
let show = () => {};
let shut = () => {};
let slow = 0;
let got = []; // files that are here: the program keeps them until it is told so

export const isBusy = () => busy;

/** Who shows the answers, and the words to a tab that the program does not know. */
export function shownBy(action, otherwise) {
  show = action;
  shut = otherwise;
}

/** Say what went wrong. */
export function failed(error) {
  if (error instanceof Shut) shut(error);
  else say(error instanceof Refused ? error.message : labels.offline || document.body.dataset.offline);
}

async function ask(path, body, how = {}) {
  const response = await fetch(asPerson(path), posted(body));
  const answer = await response.json();
  if (response.status === 503 || response.status === 500) throw new Refused(answer.error);
  if (answer.title) throw new Shut(answer);
  if (!response.ok) throw new Error(answer.error);
  // What a user does meanwhile is answered by a screen of its own; files are never dropped.
  if (how.quiet && busy) answer.effects = answer.effects.filter((effect) => effect.kind !== "screen");
  const quiet = how.quiet && answer.effects.every((effect) => effect.kind === "screen");
  await show(answer, { ...how, quiet, unasked: how.quiet });
  got.push(...answer.effects.filter((effect) => effect.owed).map((effect) => effect.made));
  return answer;
}

/** Where does the user stand now? */
export async function look(more, how) {
  const told = [...got];
  await ask("state", { ...more, got: told }, how);
  got = got.filter((word) => !told.includes(word));
}

function wait(waits) {
  busy = waits;
  clearTimeout(slow);
  if (waits) {
    document.body.setAttribute("aria-busy", "true");
    slow = setTimeout(() => say(labels.answering), 1200);
  } else {
    document.body.removeAttribute("aria-busy");
  }
}

/** Do one thing at a time; what it gives, or null where it failed and the user was told so. */
async function alone(action) {
  wait(true);
  try {
    return await action();
  } catch (error) {
    failed(error);
    return null;
  } finally {
    wait(false);
  }
}

/** The first question of a page that was just opened. */
export function open(opening) {
  return alone(() => look(opening, { opened: true }));
}

/** Send an event; the answer, which is shown by then, or null. `said` is its line in the talk. */
export async function send(event, said) {
  if (busy) return null;
  // The same number again is the same event: a second try changes nothing twice.
  const body = JSON.stringify(event);
  if (body !== unanswered.body) {
    const id = crypto.getRandomValues(new Uint32Array(2));
    unanswered = { body, id: id[0] * 0x100000 + (id[1] & 0xfffff) };
  }
  const numbered = { ...event, id: unanswered.id };
  return alone(async () => {
    const answer = await ask("event", numbered, { said }).catch((error) => {
      if (!(error instanceof TypeError)) throw error;
      return ask("event", numbered, { said });
    });
    unanswered = { body: "", id: 0 };
    return answer;
  });
}
