// SPDX-License-Identifier: Apache-2.0
// The two things a page can do better with script: follow new entries, and copy a digest.
//
// Live: <body data-live-source="/events">. Each event there means "a new entry exists". Every element with data-live
// (its id is the name of a template block) is then fetched again from the page's own address and replaced.
// A region that holds the focus is left alone, so that nobody is interrupted while reading or typing.
"use strict";

const PAUSE_MS = 1000;

function regions() {
  return [...document.querySelectorAll("[data-live]")].filter((region) => !region.contains(document.activeElement));
}

async function refresh(region) {
  const response = await fetch(location.href, { headers: { "Lejar-Block": region.id }, cache: "no-store" });
  if (!response.ok || response.headers.get("Lejar-Block") !== region.id) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById(region.id);
  if (fresh) region.replaceChildren(...fresh.childNodes);
  showCopyButtons(region);
}

function follow(source) {
  let waiting = null;
  const events = new EventSource(source);
  const state = (name) => document.body.setAttribute("data-live-state", name);
  const arrived = () => {
    waiting ??= setTimeout(() => {
      waiting = null;
      regions().forEach((region) => refresh(region).catch(() => state("waiting")));
    }, PAUSE_MS);
  };
  events.addEventListener("open", () => state("open"));
  events.addEventListener("error", () => state("waiting"));
  events.addEventListener("message", arrived);
  events.addEventListener("entry", arrived);
  return events;
}

function showCopyButtons(root) {
  if (!navigator.clipboard) return;
  root.querySelectorAll("[data-copy]").forEach((button) => button.removeAttribute("hidden"));
}

document.addEventListener("click", async (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-copy]") : null;
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.textContent = button.dataset.copied;
});

showCopyButtons(document);

// A hidden page does not follow: it would only hold a connection open. It catches up when it is looked at again.
const source = document.body.dataset.liveSource;
if (source && document.querySelector("[data-live]")) {
  let events = follow(source);
  document.addEventListener("visibilitychange", () => {
    events.close();
    if (document.hidden) return;
    regions().forEach((region) => refresh(region).catch(() => {}));
    events = follow(source);
  });
  addEventListener("pagehide", () => events.close());
}
