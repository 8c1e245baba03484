/* Makes a password in the browser and shows how strong a typed one is. The server judges it again; the page works without. */
"use strict";

(() => {
  const POOL = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789";
  const KINDS = [[/[a-z]/, 26], [/[A-Z]/, 26], [/[0-9]/, 10], [/[^a-zA-Z0-9]/, 32]];

  function pick() {
    const limit = 256 - (256 % POOL.length);
    for (;;) {
      const [byte] = crypto.getRandomValues(new Uint8Array(1));
      if (byte < limit) return POOL[byte % POOL.length];
    }
  }

  function make() {
    for (;;) {
      const groups = Array.from({ length: 3 }, () => Array.from({ length: 6 }, pick).join(""));
      const made = groups.join("-");
      if (/[a-z]/.test(made) && /[A-Z]/.test(made) && /[0-9]/.test(made)) return made;
    }
  }

  function bits(text) {
    const pool = KINDS.reduce((sum, [kind, size]) => sum + (kind.test(text) ? size : 0), 0);
    if (!pool) return 0;
    let fresh = 1;
    for (let at = 1; at < text.length; at += 1) {
      fresh += Math.abs(text.charCodeAt(at) - text.charCodeAt(at - 1)) <= 1 ? 0.25 : 1;
    }
    return fresh * Math.log2(pool) * Math.min(1, 0.4 + new Set(text).size / text.length);
  }

  function show(field) {
    const line = field.form?.querySelector("[data-password-strength]");
    if (!line) return;
    const strength = Math.round(bits(field.value));
    line.hidden = field.value === "";
    line.querySelector("meter").value = Math.min(strength, 100);
    const word = strength < 45 || field.value.length < 10 ? "weak" : strength < 70 ? "fair" : "strong";
    line.querySelector("[data-password-word]").textContent = line.dataset[word];
  }

  document.addEventListener("input", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.matches("[data-password]")) show(event.target);
  });

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-password-make]") : null;
    const field = button?.form?.querySelector("[data-password]");
    if (!field) return;
    field.value = make();
    field.type = "text";
    field.select();
    show(field);
  });
})();
