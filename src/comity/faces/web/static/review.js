/* Keys of the review: the letter that stands on a button presses it, while no field has the focus. */
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!wanted) return;
  event.preventDefault();
  wanted.click();
  if (wanted.tagName === "SUMMARY" && wanted.parentElement.open) wanted.parentElement.querySelector("select").focus();
});
