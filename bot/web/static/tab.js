// What this tab keeps for its own reload: an id and which files there were, and never a text.

const MOST = 8;

/** Which of several people is at this tab: they share a browser to try a signing, see the guide. */
export const person = new URLSearchParams(location.search).get("user") || "";

/** An address of the program, asked for by that person. */
export function asPerson(path) {
  if (!person) return path;
  return `${path}${path.includes("?") ? "&" : "?"}user=${encodeURIComponent(person)}`;
}

function kept(key) {
  try {
    return sessionStorage.getItem(key) || "";
  } catch {
    return ""; // a browser that keeps nothing
  }
}

function keep(key, value) {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // Then a reload shows the letter without its files.
  }
}

export const made = {
  all: () => kept("made").split(" ").filter(Boolean),
  add: (word) => keep("made", [...made.all().filter((one) => one !== word), word].slice(-MOST).join(" ")),
};

/** The tab's id: under it the program remembers, in memory, what is half typed. */
function id() {
  if (!kept("tab")) keep("tab", crypto.randomUUID());
  return kept("tab") || "none";
}

let left = "";

/** Leave what is half typed with the program; nothing is written to a disk. */
export function leave(text) {
  if (text === left) return;
  left = text;
  navigator.sendBeacon(asPerson("half"), JSON.stringify({ tab: id(), text }));
}

/** Where a page that was just opened asks what to show. */
export function opening() {
  const asked = new URLSearchParams([["opened", id()], ...made.all().map((word) => ["made", word])]);
  return `state?${asked}`;
}

/** Nothing of whoever was forgotten stays with the tab. */
export function forget() {
  try {
    sessionStorage.clear();
  } catch {
    // Then there was nothing.
  }
  left = "";
}
