// The map twin of a list: the same things, the same numbers. A page names leaflet.css in its head and, in this order,
// leaflet.js (defer) and this module: both wait for the page, and then run one after the other, whichever comes first.
// <div class="map" data-map data-source="ID of a JSON script" [data-tiles="https://…"] aria-label="…">
// JSON: {"here": [lat, lng] | null, "signs": [{n, kind, lat, lng, title, url}], "boundaries": GeoJSON | null}
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

function fill(map, data, tiles) {
  const L = window.L;
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
    if (!data.signs.length) bounds.extend(layer.getBounds());
  }
  const markers = data.signs.map((sign) => {
    const icon = L.divIcon({ className: "map-sign", html: picture(sign), iconSize: [40, 40], iconAnchor: [20, 20] });
    const marker = L.marker([sign.lat, sign.lng], { icon, keyboard: true, title: `${sign.n}. ${sign.title}`, alt: `${sign.n}. ${sign.title}` });
    marker.on("click keypress", (event) => {
      if (event.type === "click" || event.originalEvent?.key === "Enter") window.location.assign(sign.url);
    });
    marker.addTo(map);
    bounds.extend([sign.lat, sign.lng]);
    return marker;
  });
  if (data.here) {
    L.circleMarker(data.here, { radius: 8, color: "#1f1b2e", fillColor: "#1f1b2e", fillOpacity: 1 }).addTo(map);
    bounds.extend(data.here);
  }
  if (bounds.isValid()) map.fitBounds(bounds.pad(0.15), { maxZoom: 15, animate: false });
  map.on("zoomend", () => spread(map, markers));
  spread(map, markers);
}

// Signs that would lie on one another stand in a ring round their place, near enough to be of it and far enough apart
// to be pressed; from so many on, in wider rings. Zooming in brings each to where it is.
const APART = 40;
const WIDE = 42;

function spread(map, markers) {
  const places = markers.map((marker) => {
    marker.home ??= marker.getLatLng();
    return map.latLngToLayerPoint(marker.home);
  });
  const stands = [...places];
  const left = new Set(places.keys());
  for (const first of places.keys()) {
    if (!left.has(first)) continue;
    const crowd = [...left].filter((one) => places[one].distanceTo(places[first]) < APART);
    for (const one of crowd) left.delete(one);
    if (crowd.length > 1) crowd.forEach((one, at) => { stands[one] = stand(places[first], at, crowd.length); });
  }
  for (let round = 0; round < 40 && push(stands); round++);
  markers.forEach((marker, at) => marker.setLatLng(stands[at] === places[at] ? marker.home : map.layerPointToLatLng(stands[at])));
}

// Two that still lie on one another each give way by half. Says whether any had to.
function push(stands) {
  let pushed = false;
  for (let one = 0; one < stands.length; one++) {
    for (let other = one + 1; other < stands.length; other++) {
      const apart = stands[one].distanceTo(stands[other]);
      if (apart >= APART) continue;
      const way = apart ? stands[other].subtract(stands[one]).divideBy(apart) : window.L.point(1, 0);
      const half = way.multiplyBy((APART + 1 - apart) / 2);
      stands[one] = stands[one].subtract(half);
      stands[other] = stands[other].add(half);
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
  fill(map, JSON.parse(source.textContent), box.dataset.tiles);
  map.on("moveend zoomend", () => makeRoom(box));
  makeRoom(box);
}
