"use strict";
(() => {
  document.documentElement.classList.add("scripted");
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const data = JSON.parse(byId("player-data").textContent);
  const times = data.time_s;
  const first = times[0];
  const last = times[times.length - 1];

  // ---- theme, print, contents
  const themes = ["auto", "light", "dark"];
  const themeButton = byId("theme");
  const stored = () => { try { return localStorage.getItem("gaitcam-theme"); } catch { return null; } };
  let theme = themes.includes(stored()) ? stored() : "auto";
  const showTheme = () => {
    document.documentElement.dataset.theme = theme;
    themeButton.textContent = `Theme: ${theme}`;
    themeButton.setAttribute("aria-label", `Colours: ${theme === "auto" ? "as the system" : theme}`);
  };
  themeButton.addEventListener("click", () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    try { localStorage.setItem("gaitcam-theme", theme); } catch { /* private mode */ }
    showTheme();
  });
  showTheme();
  byId("print").addEventListener("click", () => window.print());
  let openedForPrint = [];
  window.addEventListener("beforeprint", () => {
    openedForPrint = all("details[data-print]:not([open])");
    openedForPrint.forEach((d) => { d.open = true; });
  });
  window.addEventListener("afterprint", () => openedForPrint.forEach((d) => { d.open = false; }));

  const contents = document.querySelector(".contents details");
  const wide = matchMedia("(min-width: 1080px)");
  const fitContents = () => { contents.open = wide.matches; };
  wide.addEventListener("change", fitContents);
  fitContents();
  const links = new Map(all(".contents a").map((a) => [a.hash.slice(1), a]));
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      links.forEach((a) => a.removeAttribute("aria-current"));
      links.get(entry.target.id)?.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-15% 0px -75% 0px" });
  all("main > section").forEach((section) => watcher.observe(section));

  // A link into a closed part opens it.
  const openTarget = () => {
    const target = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const closed = target.matches("details") ? target : target.closest("details");
    if (!closed) return;
    closed.open = true;
    // Some browsers open it themselves, after they have scrolled: scroll once it has its size.
    requestAnimationFrame(() => target.scrollIntoView());
  };
  window.addEventListener("hashchange", openTarget);
  openTarget();

  // ---- the moment: one number that video, figure and charts follow
  const video = byId("video");
  const figure = byId("figure");
  const slider = byId("moment");
  const clock = byId("clock");
  const playButton = byId("play");
  const speed = byId("speed");
  let hasVideo = false;
  let isPlaying = false;
  let now = Number(slider.value);
  let view = [first, last];
  let zoom = 0;

  const rowAt = (time) => {
    let low = 0;
    let high = times.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (times[middle] <= time) low = middle; else high = middle;
    }
    return time - times[low] <= times[high] - time ? low : high;
  };
  const mapped = (value, from, to) => {
    if (value <= from[0]) return to[0] + (value - from[0]);
    let low = 0;
    let high = from.length - 1;
    if (value >= from[high]) return to[high];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (from[middle] <= value) low = middle; else high = middle;
    }
    const share = (value - from[low]) / (from[high] - from[low] || 1);
    return to[low] + share * (to[high] - to[low]);
  };
  // A frame is shown from its own time on: aim at its middle, not at its edge.
  const halfFrame = 0.5 * (data.video_s[1] - data.video_s[0]);
  const toVideo = (time) => Math.max(0, data.video_s[rowAt(time)] + halfFrame);
  const fromVideo = (seconds) => mapped(seconds - halfFrame, data.video_s, times);

  const plots = all("[data-scrub]");
  const linked = plots.map((plot) => ({ plot, svg: plot.querySelector("svg"), cursor: plot.querySelector(".cursor") }));
  const outputs = all("output[data-series]");
  const axis = byId("time-axis");

  const pieces = all("[data-points]", figure).map((line) => ({ line, names: line.dataset.points.split(" ") }));
  const trunk = figure.querySelector("[data-trunk]");
  const head = figure.querySelector("[data-head]");
  const place = new Map(data.figure.points.map((name, index) => [name, 2 * index]));
  const drawFigure = (row) => {
    const cells = data.figure.rows[row];
    const at = (name) => { const i = place.get(name); return cells[i] === null ? null : [cells[i], cells[i + 1]]; };
    const middle = (a, b) => (a && b ? [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] : a || b);
    for (const { line, names } of pieces) line.setAttribute("points", names.map(at).filter(Boolean).join(" "));
    const hip = middle(at("near_hip"), at("far_hip"));
    const shoulder = middle(at("near_shoulder"), at("far_shoulder"));
    trunk.style.display = hip && shoulder ? "" : "none";
    if (hip && shoulder) Object.entries({ x1: hip[0], y1: hip[1], x2: shoulder[0], y2: shoulder[1] }).forEach(([k, v]) => trunk.setAttribute(k, v));
    const crown = at("head");
    head.style.display = crown ? "" : "none";
    if (crown) { head.setAttribute("cx", crown[0]); head.setAttribute("cy", crown[1]); }
  };

  // What was measured of the step that the moment belongs to: read from the step table.
  const thisStep = byId("this-step");
  const stepTable = byId("step-table");
  const stepHeads = all("thead th", stepTable).map((cell) => cell.querySelector("button").cloneNode(true));
  const stepRows = new Map(all("tbody tr", stepTable).map((row) => [Number(row.cells[0].textContent), row]));
  let stepShown = -1;
  const showStep = () => {
    let step = 0;
    while (step < data.contacts.length && data.contacts[step] <= now + 0.02) step += 1;
    if (step === stepShown) return;
    stepShown = step;
    thisStep.textContent = "";
    const row = stepRows.get(step);
    if (!row) return;
    const title = document.createElement("p");
    title.className = "this-step-title";
    title.append(`Step ${step}: `, ...[...row.cells[1].childNodes].map((node) => node.cloneNode(true)));
    const list = document.createElement("dl");
    thisStep.append(title, list);
    for (let column = 4; column < row.cells.length; column += 1) {
      const term = document.createElement("dt");
      const value = document.createElement("dd");
      const unit = stepHeads[column].querySelector(".unit").textContent;
      term.textContent = stepHeads[column].firstChild.textContent;
      value.textContent = `${row.cells[column].textContent.trim()}${unit === "°" ? "" : " "}${unit}`;
      const pair = document.createElement("div");
      pair.append(term, value);
      list.append(pair);
    }
  };

  const shown = (value, unit) => (value === null ? "–" : `${value.toFixed(1).replace("-", "−")}${unit}`);
  const draw = () => {
    const row = rowAt(now);
    const share = (now - view[0]) / (view[1] - view[0]);
    for (const { cursor } of linked) {
      cursor.style.display = share < 0 || share > 1 ? "none" : "block";
      cursor.style.left = `${100 * share}%`;
    }
    for (const output of outputs) output.textContent = shown(data.series[output.dataset.series][row], output.dataset.unit);
    slider.value = now;
    const contact = data.contacts.findIndex((time) => Math.abs(time - now) < 0.02);
    clock.textContent = `${now.toFixed(2)} s${contact >= 0 ? " · initial contact" : ""}`;
    slider.setAttribute("aria-valuetext", `${now.toFixed(2)} seconds`);
    showStep();
    if (!figure.hidden) drawFigure(row);
  };

  const fitView = () => {
    const width = zoom ? Math.min(zoom, last - first) : last - first;
    const start = zoom ? Math.min(Math.max(now - width / 2, first), last - width) : first;
    if (start === view[0] && start + width === view[1]) return;
    view = [start, start + width];
    const box = `${1000 * (start - first) / (last - first)} 0 ${1000 * width / (last - first)} 100`;
    linked.forEach(({ svg }) => svg.setAttribute("viewBox", box));
    const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120].find((s) => width / s <= (axis.clientWidth < 420 ? 5 : 10)) || 300;
    axis.textContent = "";
    for (let t = Math.ceil(start / step - 1e-9) * step; t <= start + width + 1e-9; t += step) {
      const tick = document.createElement("span");
      tick.style.left = `min(${100 * (t - start) / width}%, 100% - 0.8em)`;
      tick.textContent = `${Number(t.toFixed(2))} s`;
      axis.append(tick);
    }
  };

  const moveTo = (time, leadsVideo = true) => {
    now = Math.min(Math.max(time, first), last);
    if (zoom) fitView();
    draw();
    if (leadsVideo && hasVideo) video.currentTime = toVideo(now);
  };

  // ---- playing: the video leads where there is one, else a clock of our own
  let lastTick = 0;
  const tick = (stamp) => {
    if (!isPlaying) return;
    if (hasVideo) moveTo(fromVideo(video.currentTime), false);
    else {
      now += (stamp - lastTick) / 1000 * Number(speed.value);
      moveTo(now >= last ? first : now, false);
    }
    lastTick = stamp;
    requestAnimationFrame(tick);
  };
  const showPlaying = (playing) => {
    isPlaying = playing;
    playButton.classList.toggle("is-playing", playing);
    playButton.setAttribute("aria-label", playing ? "Pause" : "Play");
    if (playing) requestAnimationFrame((stamp) => { lastTick = stamp; tick(stamp); });
  };
  const play = () => {
    if (now >= last - 0.05) moveTo(first);
    if (!hasVideo) { showPlaying(true); return; }
    video.playbackRate = Number(speed.value);
    video.play().catch(() => showPlaying(false));
  };
  const pause = () => { if (hasVideo) video.pause(); else showPlaying(false); };
  playButton.addEventListener("click", () => (isPlaying ? pause() : play()));
  speed.addEventListener("change", () => { if (video) video.playbackRate = Number(speed.value); });
  slider.addEventListener("input", () => { pause(); moveTo(Number(slider.value)); });
  slider.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!steps) return;
    event.preventDefault();
    pause();
    moveTo(times[Math.min(Math.max(rowAt(now) + steps, 0), times.length - 1)]);
  });
  byId("previous").addEventListener("click", () => { pause(); moveTo([...data.contacts].reverse().find((t) => t < now - 0.02) ?? first); });
  byId("next").addEventListener("click", () => { pause(); moveTo(data.contacts.find((t) => t > now + 0.02) ?? last); });
  all("[data-moment]").forEach((link) => link.addEventListener("click", () => { pause(); moveTo(Number(link.dataset.moment)); }));

  const scrub = (event, plot) => {
    const box = plot.getBoundingClientRect();
    const share = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
    pause();
    moveTo(view[0] + share * (view[1] - view[0]));
  };
  for (const plot of plots) {
    plot.addEventListener("pointerdown", (event) => { plot.setPointerCapture(event.pointerId); scrub(event, plot); });
    plot.addEventListener("pointermove", (event) => { if (plot.hasPointerCapture(event.pointerId)) scrub(event, plot); });
  }
  const zoomTo = (seconds) => {
    zoom = seconds;
    all("[data-zoom]").forEach((b) => b.setAttribute("aria-pressed", String(Number(b.dataset.zoom) === seconds)));
    fitView();
    draw();
  };
  all("[data-zoom]").forEach((b) => b.addEventListener("click", () => zoomTo(Number(b.dataset.zoom))));
  window.addEventListener("beforeprint", () => zoomTo(0));

  // ---- video or figure
  const swap = byId("swap");
  const showFigure = (isFigure) => {
    figure.hidden = !isFigure;
    if (video) video.style.display = isFigure ? "none" : "block";
    if (swap) swap.setAttribute("aria-pressed", String(isFigure));
    draw();
  };
  if (video) {
    video.addEventListener("loadedmetadata", () => { hasVideo = true; moveTo(now); });
    video.addEventListener("play", () => showPlaying(true));
    video.addEventListener("pause", () => showPlaying(false));
    video.addEventListener("ended", () => showPlaying(false));
    video.addEventListener("seeked", () => { if (!isPlaying && Math.abs(toVideo(now) - video.currentTime) > 2 * halfFrame + 0.001) moveTo(fromVideo(video.currentTime), false); });
    video.addEventListener("error", () => {
      hasVideo = false;
      byId("video-missing").hidden = false;
      swap.hidden = true;
      showFigure(true);
    });
    swap.addEventListener("click", () => showFigure(figure.hidden));
    if (video.error) video.dispatchEvent(new Event("error"));
    if (video.readyState >= 1) { hasVideo = true; video.currentTime = toVideo(now); }
  }
  // A whole clip is too dense for a phone's width.
  zoomTo(matchMedia("(max-width: 600px)").matches && last - first > 4 ? 2 : 0);
  window.addEventListener("resize", () => { view = [NaN, NaN]; fitView(); draw(); });

  // ---- sorting
  const key = (cell) => {
    const number = cell.querySelector("data");
    if (number) return Number(number.value);
    const text = cell.textContent.trim();
    return text !== "" && Number.isFinite(Number(text)) ? Number(text) : text === "–" ? NaN : text;
  };
  const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)));
  for (const table of all("table.sortable")) {
    const heads = all("thead th", table);
    heads.forEach((headCell, column) => headCell.querySelector("button").addEventListener("click", () => {
      const sign = headCell.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      headCell.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
      const rows = [...table.tBodies[0].rows].map((row) => ({ row, value: key(row.cells[column]) }));
      const missing = ({ value }) => Number.isNaN(value);
      rows.sort((a, b) => missing(a) - missing(b) || sign * compare(a.value, b.value));
      table.tBodies[0].append(...rows.map(({ row }) => row));
    }));
  }
})();
