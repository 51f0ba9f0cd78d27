// The log: what was asked and answered in quiet lines, and the blocks that were made.

import { byId, element, labels } from "./dom.js";

const log = byId("log");
const ROWS = 2; // of the card's buttons are seen with what was made
const LEAST = 88; // pixels of a letter's head
const CHART = 0.55; // of the room, which a chart is worth
let latest = [];

/** A line of the talk: the question, if one was asked and not just before, and the answer. */
export function line(asked, answer) {
  const said = element("p", "said");
  const last = [...log.querySelectorAll(".asked")].at(-1);
  if (asked) said.append(element("span", last?.textContent === asked ? "asked hidden" : "asked", asked), " ");
  const mine = element("span", "mine");
  mine.append(element("span", "hidden", `${labels.you}: `), answer);
  said.append(mine);
  log.append(said);
  return said;
}

/** The room above the form. */
function room() {
  return innerHeight - byId("form").offsetHeight - 12;
}

/** Where the card's first rows end. */
function rowsEnd() {
  const rows = document.querySelectorAll("#buttons .row");
  const last = rows[Math.min(ROWS, rows.length) - 1] || byId("card");
  return last.getBoundingClientRect().bottom;
}

/** What was made together with the card's first rows; where there is room, all of the card. */
export function bringIntoView(made = latest) {
  latest = made;
  const card = byId("card").getBoundingClientRect();
  const shown = made.filter((block) => block.parentElement === log && !block.matches(".letter:not(:has(.picture))"));
  let from = card.top;
  for (const block of shown.reverse()) {
    // A picture gives way, as far as its head stays.
    const picture = block.querySelector(".picture:not(.whole)");
    const over = rowsEnd() - block.getBoundingClientRect().top + 8 - room();
    if (picture && over > 0) {
      const least = block.matches(".chart") ? CHART * room() : LEAST;
      picture.style.maxHeight = `${Math.max(least, picture.offsetHeight - over)}px`;
    }
    const top = block.getBoundingClientRect().top;
    if (block === shown[0] || rowsEnd() - top + 8 <= room()) from = top;
    else break;
  }
  const end = byId("card").getBoundingClientRect().bottom;
  const top = Math.min(from - 8, end - room());
  if (top > 0 || from < 0) scrollBy({ top });
}
