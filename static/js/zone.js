/* The full name of a record while it is typed, and Escape to leave its form. The page works without this file. */
"use strict";

function effectiveName(typed, zone) {
  const text = typed.trim().toLowerCase();
  if (["", "@", "."].includes(text)) return zone;
  const name = text.replace(/\.+$/, "");
  if (text.endsWith(".") || name === zone || name.endsWith(`.${zone}`)) return name;
  return `${name}.${zone}`;
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!(field instanceof HTMLInputElement) || !field.dataset.effective) return;
  const shown = field.form?.querySelector(`#${field.dataset.effective}`);
  if (shown) shown.textContent = effectiveName(field.value, field.dataset.zone);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !(event.target instanceof Element)) return;
  event.target.closest(".record-form")?.querySelector("[data-cancel]")?.click();
});

document.addEventListener("htmx:load", (event) => {
  if (!(event.target instanceof Element) || !event.target.matches(".record-form")) return;
  if (!event.target.querySelector("[data-focus]")) event.target.querySelector("input:not([type=hidden]), textarea")?.focus();
});
