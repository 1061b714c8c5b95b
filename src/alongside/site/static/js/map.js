// The map twin of a list: the same things, the same numbers. A page names leaflet.css in its head and, in this order,
// leaflet.js (defer) and this module: both wait for the page, and then run one after the other, whichever comes first.
// <div class="map" data-map data-source="ID of a JSON script" [data-tiles="https://…"] aria-label="…"
//   [data-heap="{n} here" data-open="Open {n} that lie close together"]>
// JSON: {"here": [lat, lng] | null, "signs": [{n, kind, lat, lng, title, url}], "boundaries": GeoJSON | null,
//   "edge": whether the boundaries are the map's own edge, and so belong in view with its signs}
const COLOURS = { person: "#9c3d14", community: "#17634e", organisation: "#33458f" };
const SHAPES = {
  person: '<path d="M20 1.5c10.6-.3 18.3 7.6 18.5 18.2.2 10.5-7.7 18.7-18.3 18.8C9.7 38.6 1.6 30.7 1.5 20.2 1.4 9.7 9.5 1.8 20 1.5z"/>',
  community: '<circle cx="20" cy="10.5" r="9.5"/><circle cx="29.8" cy="17.5" r="9.5"/><circle cx="26" cy="29" r="9.5"/><circle cx="14" cy="29" r="9.5"/><circle cx="10.2" cy="17.5" r="9.5"/><circle cx="20" cy="20" r="10"/>',
  organisation: '<path d="M7 2.5c9-1 18-.8 26 0 3 .3 4.3 1.6 4.6 4.5.8 8.5.8 17.5 0 26-.3 3-1.7 4.3-4.6 4.6-8.7.8-17.5.7-26 0-3-.3-4.3-1.7-4.6-4.6-.7-8.6-.7-17.4 0-26 .3-2.9 1.6-4.2 4.6-4.5z"/>',
};

function picture(sign) {
  return `<svg viewBox="0 0 40 40" aria-hidden="true"><g fill="${COLOURS[sign.kind]}">${SHAPES[sign.kind]}</g>` +
    `<text x="20" y="26.5" fill="#fff" text-anchor="middle" font-size="19" font-weight="740">${Number(sign.n)}</text></svg>`;
}

// Many that lie on one another: not a number of the list, but how many there are.
function heapPicture(words) {
  return `<svg viewBox="0 0 76 40" aria-hidden="true"><rect x="7" y="1.5" width="68" height="32" rx="16" fill="#fffdf8" stroke="#1f1b2e" stroke-width="2"/>` +
    `<rect x="1.5" y="6" width="68" height="32" rx="16" fill="#1f1b2e"/><text x="35.5" y="28" fill="#fff" text-anchor="middle" font-size="15.5" font-weight="740"></text></svg>`
      .replace("></text>", `>${words.replace(/[<>&"]/g, "")}</text>`);
}

function fill(map, data, box) {
  const L = window.L;
  const tiles = box.dataset.tiles;
  if (tiles) L.tileLayer(tiles, { maxZoom: 18 }).addTo(map);
  const bounds = L.latLngBounds([]);
  if (data.boundaries) {
    const layer = L.geoJSON(data.boundaries, {
      style: { color: "#857660", weight: 1.5, fillColor: "#eef0dc", fillOpacity: tiles ? 0.1 : 0.8 },
      interactive: false,
      onEachFeature: (feature, one) => {
        if (feature.properties?.name && !tiles) {
          one.bindTooltip(document.createTextNode(feature.properties.name).textContent, { permanent: true, direction: "center", className: "map-name", pane: "names" });
        }
      },
    }).addTo(map);
    if (data.edge || !data.signs.length) bounds.extend(layer.getBounds());
  }
  const markers = data.signs.map((sign) => {
    const icon = L.divIcon({ className: "map-sign", html: picture(sign), iconSize: [40, 40], iconAnchor: [20, 20] });
    const marker = L.marker([sign.lat, sign.lng], { icon, keyboard: true, title: `${sign.n}. ${sign.title}`, alt: `${sign.n}. ${sign.title}` });
    marker.on("click keypress", (event) => {
      if (event.type === "click" || event.originalEvent?.key === "Enter") window.location.assign(sign.url);
    });
    marker.addTo(map);
    marker.home = marker.getLatLng();
    bounds.extend(marker.home);
    return marker;
  });
  if (data.here) {
    L.circleMarker(data.here, { radius: 8, color: "#1f1b2e", fillColor: "#1f1b2e", fillOpacity: 1 }).addTo(map);
    bounds.extend(data.here);
  }
  if (bounds.isValid()) map.fitBounds(bounds, { paddingTopLeft: [BESIDE, INSET], paddingBottomRight: [INSET, INSET], maxZoom: 15, animate: false });
  const shown = { map, box, markers, heaps: L.layerGroup().addTo(map), open: new Set() };
  map.on("zoomend", () => { shown.open.clear(); spread(shown); });
  map.on("click", () => pack(shown));
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") pack(shown); });
  spread(shown);
  for (let step = 0; step < 6 && bounds.isValid() && reachesOut(shown); step++) map.setZoom(map.getZoom() - 0.25, { animate: false });
}

// Signs that would lie on one another stand in a ring round their place, near enough to be of it and far enough apart
// to be pressed; from so many on, in wider rings. Where there are more still, one sign says how many, and a press
// opens it: by going nearer where that takes them apart, else in rings on the spot. Zooming in brings each to where
// it is. The list has them all, whatever the map does.
const APART = 40;
const WIDE = 42;
const REACH = { sign: APART / 2, heap: 39 }; // how far each keeps others from its middle
const INSET = 26;
const BESIDE = 58; // nothing lies under the buttons for nearer and farther
const NEAREST = 17;
const MANY = 30; // signs on a map, from which a smaller crowd becomes a heap
const most = (signs) => (signs > MANY ? 3 : 12);

function spread(shown) {
  const { map, markers, heaps } = shown;
  heaps.clearLayers();
  const places = markers.map((marker) => map.latLngToLayerPoint(marker.home));
  const stands = [];
  for (const crowd of crowds(places)) {
    if (crowd.length > most(markers.length) && !shown.open.has(crowd[0])) {
      crowd.forEach((one) => markers[one].remove());
      stands.push({ point: middle(crowd.map((one) => places[one])), reach: REACH.heap, crowd });
      continue;
    }
    const centre = crowd.length > most(markers.length) ? middle(crowd.map((one) => places[one])) : places[crowd[0]];
    crowd.forEach((one, at) => {
      markers[one].addTo(map);
      stands.push({ point: crowd.length > 1 ? stand(centre, at, crowd.length) : places[one], reach: REACH.sign, one });
    });
  }
  const before = stands.map((each) => each.point);
  for (let round = 0; round < 40 && push(stands); round++);
  stands.forEach((each, at) => {
    if (each.crowd) heaps.addLayer(heap(shown, each));
    else markers[each.one].setLatLng(each.point === before[at] && each.point === places[each.one] ? markers[each.one].home : map.layerPointToLatLng(each.point));
  });
}

// Which lie on which: each place with those near it, each once.
function crowds(places) {
  const left = new Set(places.keys());
  const found = [];
  for (const first of places.keys()) {
    if (!left.has(first)) continue;
    const crowd = [...left].filter((one) => places[one].distanceTo(places[first]) < APART);
    for (const one of crowd) left.delete(one);
    found.push(crowd);
  }
  return found;
}

function middle(points) {
  return points.reduce((sum, point) => sum.add(point), window.L.point(0, 0)).divideBy(points.length);
}

function heap(shown, { point, crowd }) {
  const { map, box } = shown;
  const say = (words) => (words || "{n}").replace("{n}", String(crowd.length));
  const icon = window.L.divIcon({ className: "map-sign map-heap", html: heapPicture(say(box.dataset.heap)), iconSize: [76, 40], iconAnchor: [38, 20] });
  const sign = window.L.marker(map.layerPointToLatLng(point), { icon, keyboard: true, title: say(box.dataset.open) });
  sign.on("click keypress", (event) => {
    if (event.type === "click" || event.originalEvent?.key === "Enter") unpack(shown, crowd);
  });
  sign.crowd = crowd;
  return sign;
}

function unpack(shown, crowd) {
  const { map, markers } = shown;
  const bounds = window.L.latLngBounds(crowd.map((one) => markers[one].home));
  const nearer = Math.min(map.getBoundsZoom(bounds.pad(0.2)), NEAREST);
  const corner = (zoom, latlng) => map.project(latlng, zoom);
  const wide = corner(nearer, bounds.getNorthWest()).distanceTo(corner(nearer, bounds.getSouthEast()));
  if (nearer > map.getZoom() && wide > 2 * APART) map.setView(bounds.getCenter(), nearer, { animate: false });
  else {
    shown.open.add(crowd[0]);
    spread(shown);
    for (const one of crowd) map.panInside(markers[one].getLatLng(), { padding: [INSET, INSET], animate: false });
  }
  focusOn(shown, crowd[0]);
}

// Whoever goes by keyboard stays where they were: on the sign, or on the heap that holds it.
function focusOn({ map, markers, heaps }, one) {
  const on = map.hasLayer(markers[one]) ? markers[one] : heaps.getLayers().find((each) => each.crowd.includes(one));
  on?.getElement()?.focus({ preventScroll: true });
}

// Escape, or a press beside the signs, puts what was opened on the spot together again.
function pack(shown) {
  const [first] = shown.open;
  if (first === undefined) return;
  const inside = shown.box.contains(document.activeElement);
  shown.open.clear();
  spread(shown);
  if (inside) focusOn(shown, first);
}

function reachesOut({ map, markers, heaps }) {
  const size = map.getSize();
  return [...markers, ...heaps.getLayers()].some((marker) => {
    const at = map.latLngToContainerPoint(marker.getLatLng());
    const wide = marker.crowd ? REACH.heap : REACH.sign;
    return map.hasLayer(marker) && (at.x < wide || at.y < REACH.sign || at.x > size.x - wide || at.y > size.y - REACH.sign);
  });
}

// Two that still lie on one another each give way by half. Says whether any had to.
function push(stands) {
  let pushed = false;
  for (let one = 0; one < stands.length; one++) {
    for (let other = one + 1; other < stands.length; other++) {
      const apart = stands[one].point.distanceTo(stands[other].point);
      const wanted = stands[one].reach + stands[other].reach;
      if (apart >= wanted) continue;
      const way = apart ? stands[other].point.subtract(stands[one].point).divideBy(apart) : window.L.point(1, 0);
      const half = way.multiplyBy((wanted + 1 - apart) / 2);
      stands[one].point = stands[one].point.subtract(half);
      stands[other].point = stands[other].point.add(half);
      pushed = true;
    }
  }
  return pushed;
}

function stand(middle, at, many) {
  let ring = 1;
  let before = 0;
  while (at - before >= ring * 6) before += ring++ * 6;
  const here = Math.min(ring * 6, many - before);
  const far = Math.max(here > 1 ? (WIDE / 2) / Math.sin(Math.PI / here) : 0, many > 6 ? ring * WIDE : 0);
  const turn = (2 * Math.PI * (at - before)) / here - Math.PI / 2;
  return middle.add([far * Math.cos(turn), far * Math.sin(turn)]);
}

// A name that would lie over a number or another name stands back; it comes when there is room.
function makeRoom(box) {
  const taken = [...box.querySelectorAll(".map-sign, .leaflet-control")].map((one) => one.getBoundingClientRect());
  const edge = box.getBoundingClientRect();
  for (const name of box.querySelectorAll(".map-name")) {
    const own = name.getBoundingClientRect();
    const clash = own.left < edge.left || own.right > edge.right ||
      taken.some((one) => own.left < one.right && one.left < own.right && own.top < one.bottom && one.top < own.bottom);
    name.classList.toggle("in-the-way", clash);
    if (!clash) taken.push(own);
  }
}

for (const box of document.querySelectorAll("[data-map]")) {
  const source = document.getElementById(box.dataset.source);
  if (!source || !window.L) {
    box.hidden = true; // leaflet.js did not come: the list holds everything, and an empty frame says nothing
    continue;
  }
  const moving = !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = window.L.map(box, {
    attributionControl: Boolean(box.dataset.tiles), scrollWheelZoom: false, zoomSnap: 0.25,
    zoomAnimation: moving, fadeAnimation: moving, markerZoomAnimation: moving, inertia: moving,
  });
  map.setView([54, -2], 5);
  map.createPane("names").style.zIndex = 450;
  fill(map, JSON.parse(source.textContent), box);
  map.on("moveend zoomend", () => makeRoom(box));
  makeRoom(box);
}
