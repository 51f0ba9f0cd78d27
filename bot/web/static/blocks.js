// What was made, above the card: letters, charts, texts and files.

import { button, byId, element, labels, naming, say } from "./dom.js";
import { forget, made } from "./tab.js";

const MAIL = 1800; // longer addresses are cut by mail programs
const APART = 300; // milliseconds: browsers drop downloads that are started at once

const wide = matchMedia("(min-width: 900px)");
const beside = byId("beside");
const place = document.createComment("the letter stands beside");
let count = 0;
let scrolled = 0;

function bytes(base64) {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

async function copy(text, said, otherwise = () => {}) {
  try {
    await navigator.clipboard.writeText(text);
    say(said);
  } catch {
    otherwise();
  }
}

/** A picture has its height only when it is there. */
function drawn(image) {
  return new Promise((resolve) => {
    image.onload = image.onerror = resolve;
  });
}

/** A button that shows and hides something; its words say which. */
function toggle(more, less, action) {
  const made = button("", more, () => {
    const open = made.textContent === more;
    made.textContent = open ? less : more;
    action(open);
  });
  return made;
}

function mail(effect) {
  const subject = `mailto:?subject=${encodeURIComponent(effect.subject)}`;
  const whole = `${subject}&body=${encodeURIComponent(effect.text.replaceAll("\n", "\r\n"))}`;
  const fits = whole.length < MAIL;
  const link = element("a", "", labels.mail);
  link.href = fits ? whole : subject;
  if (!fits) link.addEventListener("click", () => copy(effect.text, labels.paste));
  return link;
}

/** The letters on the page of some drafts, the latest last. */
function lettersOf(drafts) {
  const all = [...document.querySelectorAll(".letter")].filter((one) => drafts.has(one.dataset.draft));
  return all.sort((one, other) => one.number - other.number);
}

/** A letter or a chart: its picture, and its text on demand. */
export function letter(effect) {
  const block = element("article", effect.draft ? "letter" : "letter chart");
  if (effect.draft) block.dataset.draft = effect.draft;
  block.language = effect.language;
  block.number = count += 1;
  const pages = element("div", "picture");
  effect.pictures.forEach((picture, number) => {
    const image = element("img");
    image.src = "data:image/png;base64," + picture;
    image.alt = effect.pictures.length > 1 ? `${effect.alt} (${number + 1})` : effect.alt;
    image.lang = effect.language;
    pages.append(image);
  });
  block.drawn = Promise.all([...pages.children].map(drawn));
  const text = element("pre", "", effect.text);
  text.lang = effect.language;
  const reading = element("div", "reading");
  reading.hidden = true;
  const whole = toggle(effect.draft ? labels.page : labels.picture, labels.less, (open) => {
    pages.classList.toggle("whole", open);
  });
  whole.classList.add("enlarge");
  pages.addEventListener("click", () => whole.click());
  const read = toggle(labels.text, labels.hide, (open) => {
    reading.hidden = !open;
  });
  const copied = button("", labels.copy, () => {
    copy(effect.text, labels.copied, () => {
      if (reading.hidden) read.click();
      getSelection().selectAllChildren(text);
    });
  });
  const controls = element("div", "controls");
  controls.append(whole, read, copied);
  reading.append(text);
  if (effect.subject) reading.append(mail(effect));
  block.append(pages, controls, reading);
  if (effect.notice) block.append(element("p", "", effect.notice));
  block.renews = effect.renews;
  return block;
}

export function text(effect) {
  const block = element("div", "letter");
  block.append(element("pre", "", effect.text));
  return block;
}

/** An invitation: to copy as it is, to send by mail, to open in another window. */
export function invitation(effect) {
  const block = element("article", "letter invitation");
  block.append(element("pre", "", effect.text));
  const copied = button("", labels.copy, () => copy(effect.text, labels.copied));
  const link = button("", labels.link, () => copy(effect.link, labels.copied));
  const controls = element("div", "controls");
  controls.append(copied, link);
  const opened = element("a", "", labels.visit);
  opened.href = effect.link;
  opened.target = "_blank";
  opened.rel = "noopener noreferrer";
  const shared = element("a", "", labels.telegram);
  const words = new URLSearchParams({ url: effect.link, text: effect.subject });
  shared.href = `https://t.me/share/url?${words}`;
  shared.target = "_blank";
  shared.rel = "noopener noreferrer";
  block.append(controls, mail(effect), shared, opened);
  return block;
}

function shareable(file) {
  const one = { files: [file] };
  return navigator.canShare && navigator.share && navigator.canShare(one) ? one : null;
}

/** Above the card. A letter that was changed is renewed there, where the person looks. */
export function add(block) {
  const { draft } = block.dataset;
  const before = draft ? lettersOf(new Set([draft])) : [];
  const old = before.filter((one) => one.language === block.language);
  if (block.renews && before.length) old.push(before.at(-1));
  for (const one of old) {
    if (one.parentElement === beside) scrolled = beside.scrollTop;
    one.remove();
  }
  byId("log").append(block);
}

/** Files to save and to share. */
export function files(effect) {
  const block = element("div", "files");
  for (const found of effect.files) {
    const file = new File([bytes(found.data)], found.name, { type: found.mime });
    const link = element("a", "", naming(labels.save, found.name));
    link.href = URL.createObjectURL(file);
    link.download = found.name;
    const line = element("div", "file");
    line.append(link);
    const one = shareable(file);
    if (one) {
      // A person who closes the sheet has changed their mind, no more.
      const share = button("", labels.share, () => navigator.share(one).catch(() => {}));
      share.setAttribute("aria-label", naming(labels.sharing, found.name));
      line.append(share);
    }
    block.append(line);
  }
  if (effect.made) {
    for (const old of document.querySelectorAll(".files")) if (old.dataset.made === effect.made) discard(old);
    block.dataset.made = effect.made;
    made.add(effect.made);
  }
  return block;
}

/** What was asked for is on its way to the person's folder at once. */
export function download(block) {
  block.querySelectorAll("a").forEach((link, number) => {
    setTimeout(() => link.isConnected && link.click(), number * APART);
  });
}

function discard(block) {
  for (const link of block.querySelectorAll("a")) URL.revokeObjectURL(link.href);
  block.remove();
}

/** On a wide page the letter that is worked on stands beside the talk; else above the card. */
export function arrange(drafts) {
  const before = beside.firstElementChild;
  const wanted = wide.matches ? lettersOf(drafts).at(-1) : undefined;
  if (wanted !== before) {
    if (before) place.replaceWith(before);
    if (wanted) {
      wanted.replaceWith(place);
      beside.append(wanted);
      beside.scrollTop = scrolled;
    }
    scrolled = 0;
  }
  beside.hidden = !wanted;
}

/** Nothing of what was made stays on the page, nor the words for it in the tab. */
export function clear() {
  for (const block of document.querySelectorAll(".files")) discard(block);
  beside.replaceChildren();
  beside.hidden = true;
  place.remove();
  forget();
}

wide.addEventListener("change", () => dispatchEvent(new Event("widened")));
