/* Says what to do when a passkey was not given: allauth's script only writes to the console. */
"use strict";

document.addEventListener("allauth.error", (event) => {
  const notice = document.querySelector("[data-passkey-error]");
  if (!notice) return;
  event.preventDefault();
  notice.hidden = false;
  notice.focus();
});
