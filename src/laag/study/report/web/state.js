// What is chosen: one moment, one home, one layer, one stretch of time, shared by every picture.
export const state = { ptu: 0, member: 0, layer: null, first: 0, count: 1, language: null };
const listeners = [];

export function listen(keys, draw) {
  listeners.push({ keys, draw });
}

export function choose(change) {
  const changed = Object.keys(change).filter((key) => state[key] !== change[key]);
  Object.assign(state, change);
  for (const { keys, draw } of listeners) if (keys.some((key) => changed.includes(key))) draw();
}

// For what all pictures depend on: another width or another language. Done when the last picture stands.
export function redraw() {
  return Promise.all([...new Set(listeners.map((listener) => listener.draw))].map((draw) => draw()));
}
