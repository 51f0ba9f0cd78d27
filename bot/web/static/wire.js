// The way to the program and back: an event is sent once, an answer is shown once.

import { byId, labels, say } from "./dom.js";
import { asPerson } from "./tab.js";

/** The program's own words on why it cannot take an event. */
export class Refused extends Error {}

let busy = true; // until the first answer is here
let unanswered = { body: "", id: 0 };
let show = () => {};
let slow = 0;

export const isBusy = () => busy;

/** Who shows the answers. */
export function shownBy(action) {
  show = action;
}

export function offline() {
  say(labels.offline || document.body.dataset.offline);
}

export async function ask(path, options, how = {}) {
  const response = await fetch(asPerson(path), options);
  const answer = await response.json();
  if (response.status === 503 || response.status === 500) throw new Refused(answer.error);
  if (!response.ok) throw new Error(answer.error);
  // What a user does meanwhile is answered by a screen of its own; files are never dropped.
  if (how.quiet && busy) answer.effects = answer.effects.filter((effect) => effect.kind !== "screen");
  const quiet = how.quiet && answer.effects.every((effect) => effect.kind === "screen");
  await show(answer, { ...how, quiet, unasked: how.quiet });
  return answer;
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
    if (error instanceof Refused) say(error.message);
    else offline();
    return null;
  } finally {
    wait(false);
  }
}

/** The first question of a page that was just opened. */
export function open(path) {
  return alone(() => ask(path, undefined, { opened: true }));
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
  const options = {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...event, id: unanswered.id }),
  };
  return alone(async () => {
    const answer = await ask("event", options, { said }).catch((error) => {
      if (!(error instanceof TypeError)) throw error;
      return ask("event", options, { said });
    });
    unanswered = { body: "", id: 0 };
    return answer;
  });
}
