"use strict";
/* What a page can do beyond HTML: read a chart point by point, choose days by drawing over them, save a chart as a picture, copy a
   citation, write numbers as the reader's language does. Everything here has a way without it. */
(function () {
  const DAY = 86400000;
  const iso = (time) => new Date(time).toISOString().slice(0, 10);

  const movable = (figure) => figure.dataset.chart === "closeness" && /^\/(pair\/|compare)/.test(window.location.pathname);

  function readout(figure) {
    const line = document.createElement("p");
    line.className = "readout";
    line.setAttribute("aria-live", "polite");
    line.textContent = "Point at the chart, or use the arrow keys" + (movable(figure) ? "; draw over days to look closer." : ".");
    figure.insertBefore(line, figure.querySelector("svg").nextSibling);
    return line;
  }

  function goTo(first, last) {
    const address = new URL(window.location.href);
    address.searchParams.set("from", iso(first));
    address.searchParams.set("to", iso(last));
    address.searchParams.delete("cursor");
    address.hash = "line";
    window.location.assign(address.toString());
  }

  function lively(figure) {
    const svg = figure.querySelector("svg.chart");
    const hits = Array.from(svg ? svg.querySelectorAll(".hits rect") : []);
    if (!svg || !hits.length) return;
    const said = hits.map((rect) => rect.querySelector("title").textContent);
    hits.forEach((rect) => rect.querySelector("title").remove());
    const line = readout(figure);
    let at = -1;
    function show(n) {
      at = Math.min(Math.max(n, 0), hits.length - 1);
      hits.forEach((rect, k) => rect.classList.toggle("here", k === at));
      line.textContent = said[at];
    }
    hits.forEach((rect, n) => rect.addEventListener("pointermove", () => show(n)));
    figure.tabIndex = 0;
    figure.setAttribute("role", "group");
    figure.setAttribute("aria-label", svg.querySelector("title").textContent + ". Arrow keys read point by point.");
    figure.addEventListener("keydown", (event) => {
      if (event.target !== figure || event.ctrlKey || event.metaKey || event.altKey) return;
      const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -hits.length, End: hits.length };
      if (event.key in steps) {
        event.preventDefault();
        show(at < 0 ? hits.length - 1 : at + steps[event.key]);
      }
    });
    if (movable(figure)) choose(svg);
  }

  /* Days are chosen by drawing a field over the chart; the server draws it anew. */
  function choose(svg) {
    const view = svg.viewBox.baseVal;
    const left = Number(svg.dataset.left), right = Number(svg.dataset.right);
    const first = Date.parse(svg.dataset.first), last = Date.parse(svg.dataset.last);
    const place = (event) => {
      const box = svg.getBoundingClientRect();
      return Math.min(Math.max((event.clientX - box.left) / box.width * view.width, left), right);
    };
    const day = (x) => first + (x - left) / (right - left) * (last - first);
    let start = null, field = null;
    svg.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.pointerType === "touch") return;
      start = place(event);
      field = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      field.setAttribute("class", "chosen");
      field.setAttribute("y", "34");
      field.setAttribute("height", "220");
      svg.append(field);
      svg.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    svg.addEventListener("pointermove", (event) => {
      if (start === null) return;
      const x = place(event);
      field.setAttribute("x", Math.min(start, x));
      field.setAttribute("width", Math.abs(x - start));
    });
    svg.addEventListener("pointerup", (event) => {
      if (start === null) return;
      const x = place(event), from = day(Math.min(start, x)), to = day(Math.max(start, x));
      start = null;
      field.remove();
      if (to - from >= 14 * DAY) goTo(from, to + DAY);
    });
    svg.addEventListener("pointercancel", () => { start = null; if (field) field.remove(); });
  }

  /* The server's own picture, drawn on a canvas twice as large. */
  function png(link) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = "PNG";
    button.addEventListener("click", () => {
      const picture = new Image();
      picture.onload = () => {
        const canvas = document.createElement("canvas");
        canvas.width = picture.naturalWidth * 2;
        canvas.height = picture.naturalHeight * 2;
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        const save = document.createElement("a");
        save.href = canvas.toDataURL("image/png");
        save.download = (link.dataset.name || "comity-chart") + ".png";
        save.click();
      };
      picture.onerror = () => { button.textContent = "PNG: the picture didn't load; try SVG"; };
      picture.src = link.href;
    });
    link.after(" ", button);
  }

  function copying(place) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = "Copy";
    const text = place.textContent.trim();
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = "Copied";
      } catch {
        const range = document.createRange();
        range.selectNodeContents(place.firstChild);
        const chosen = window.getSelection();
        chosen.removeAllRanges();
        chosen.addRange(range);
        button.textContent = "Selected: copy it now";
      }
    });
    place.append(" ", button);
  }

  /* Numbers as the reader's language writes them; days stay ISO. */
  function local() {
    const point = (1.5).toLocaleString(navigator.language).replace(/[0-9]/g, "");
    if (point === "." || point.length !== 1) return;
    document.querySelectorAll(".value, .range, .numbers td, td.n").forEach((element) => {
      element.childNodes.forEach((node) => {
        if (node.nodeType === Node.TEXT_NODE) node.data = node.data.replace(/(\d)\.(\d)/g, "$1" + point + "$2");
      });
    });
  }

  document.querySelectorAll(".plotted").forEach(lively);
  document.querySelectorAll(".save a[download]").forEach(png);
  document.querySelectorAll("dd.copy").forEach(copying);
  document.querySelectorAll(".moved[data-note]").forEach((note) => note.addEventListener("click", () => {
    const item = document.getElementById("moved-" + note.dataset.note);
    if (item) item.scrollIntoView();
  }));
  local();
})();
