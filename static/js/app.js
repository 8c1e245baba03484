/* Small comforts. Every page works without this file. */
"use strict";

document.documentElement.classList.add("js");

const closest = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);

function openDialog(id) {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except && !menu.contains(except)) menu.open = false;
  }
}

function dismiss(toast) {
  toast.classList.add("is-leaving");
  setTimeout(() => toast.remove(), 180);
}

function countSelected(form) {
  const bar = form.querySelector("[data-bulk-bar]");
  if (!bar) return;
  const items = [...form.querySelectorAll("[data-bulk-item]")];
  const selected = items.filter((item) => item.checked).length;
  const all = form.querySelector("[data-bulk-all]");
  if (all) {
    all.checked = selected > 0 && selected === items.length;
    all.indeterminate = selected > 0 && selected < items.length;
  }
  const count = bar.querySelector("[data-bulk-count]");
  if (count) count.textContent = selected === 1 ? count.dataset.one : count.dataset.many.replace("{n}", String(selected));
  bar.toggleAttribute("data-empty", selected === 0);
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    const value = button.parentElement.querySelector(".copy-value");
    if (value) getSelection().selectAllChildren(value);
    return;
  }
  button.classList.add("is-done");
  setTimeout(() => button.classList.remove("is-done"), 1600);
}

function prepare(root) {
  for (const toast of root.querySelectorAll("[data-toast]")) {
    let wait = Number(toast.dataset.toast) || 6000;
    const tick = () => {
      if (!toast.matches(":hover, :focus-within")) wait -= 500;
      if (wait <= 0) dismiss(toast);
      else setTimeout(tick, 500);
    };
    toast.removeAttribute("data-toast");
    setTimeout(tick, 500);
  }
  for (const dialog of root.querySelectorAll("[data-dialog-autoopen]")) openDialog(dialog.id);
  for (const bar of root.querySelectorAll("[data-bulk-bar]")) if (bar.closest("form")) countSelected(bar.closest("form"));
  root.querySelector("[data-focus]")?.focus();
}

document.addEventListener("click", (event) => {
  const opener = closest(event, "[data-dialog-open]");
  if (opener) {
    event.preventDefault();
    closeMenus(null);
    openDialog(opener.dataset.dialogOpen);
    return;
  }
  const closer = closest(event, "[data-dialog-close]");
  const dialog = closer?.closest("dialog") ?? (event.target instanceof HTMLDialogElement ? event.target : null);
  if (dialog?.open) {
    event.preventDefault();
    dialog.close();
    return;
  }
  const copied = closest(event, "[data-copy]");
  if (copied) copy(copied);
  const toastCloser = closest(event, "[data-toast-close]");
  if (toastCloser) dismiss(toastCloser.closest(".toast"));
  closeMenus(closest(event, "details[data-menu]"));
});

document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.matches("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = document.querySelector('[data-hotkey="/"]');
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  }
  if (event.key === "Escape") {
    const menu = document.querySelector("details[data-menu][open]");
    if (menu) {
      closeMenus(null);
      menu.querySelector("summary")?.focus();
    }
  }
});

document.addEventListener("change", (event) => {
  const form = closest(event, "form");
  if (!form) return;
  if (event.target.matches("[data-bulk-all]")) {
    for (const item of form.querySelectorAll("[data-bulk-item]")) item.checked = event.target.checked;
  }
  if (event.target.matches("[data-bulk-all], [data-bulk-item]")) countSelected(form);
});

document.addEventListener("DOMContentLoaded", () => prepare(document));
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body && event.target instanceof Element) prepare(event.target);
});
