// The worker of a kiosk: keeps its copy, file by file with the digest of its content, and answers from it.
// Which files, the server says before this script (views/kiosks.worker). Nothing else is ever kept.
import { clientsClaim } from "workbox-core";
import { addPlugins, cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from "workbox-precaching";
import { RangeRequestsPlugin } from "workbox-range-requests";
import { NavigationRoute, registerRoute } from "workbox-routing";

// What is kept answers everyone: a copy that varied by what a browser says of itself would one day not be found.
function alone(response) {
  const headers = new Headers(response.headers);
  for (const name of ["Vary", "Content-Encoding", "Content-Length"]) headers.delete(name);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

const { base, entries } = self.KIOSK_COPY;
addPlugins([
  { requestWillFetch: async ({ request }) => new Request(request, { credentials: "omit" }) }, // a copy is nobody's
  { cacheWillUpdate: async ({ response }) => (response.status < 400 ? alone(response) : null) },
  new RangeRequestsPlugin(), // a sound is asked for piece by piece
]);
precacheAndRoute(entries, { directoryIndex: null, cleanURLs: false, ignoreURLParametersMatching: [/^m$/] });
// Any other page below this address: from the server, and where there is none, the beginning.
registerRoute(new NavigationRoute(({ request }) => fetch(request).catch(() => matchPrecache(base))));
cleanupOutdatedCaches();
self.skipWaiting();
clientsClaim();
