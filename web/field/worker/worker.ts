// Opens the application without a network: keeps the files of one version and answers with them. It never touches the
// interface (/api) nor the desk, and a new version waits until a page says that nothing is in the way.
export {}
declare const __FILES__: string[]
declare const __VERSION__: string

const scope = self as unknown as ServiceWorkerGlobalScope
const prefix = 'tanfang-field-'
const current = prefix + __VERSION__
const kept = new Set(__FILES__)

/** The page that a failing file must not spoil: all or nothing, past the browser's own cache where the name may stay. */
async function keep(): Promise<void> {
  const cache = await caches.open(current)
  const request = (path: string) => new Request(path, { cache: path.startsWith('/assets/') ? 'default' : 'reload' })
  await cache.addAll(__FILES__.map(request))
}

async function forgetOthers(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(
    names.filter((each) => each.startsWith(prefix) && each !== current).map((each) => caches.delete(each)),
  )
}

/** Where what is kept cannot be read, the network answers. */
async function answer(request: Request, path: string): Promise<Response> {
  const kept = await caches
    .open(current)
    .then((cache) => cache.match(path))
    .catch(() => undefined)
  return kept ?? fetch(request)
}

scope.addEventListener('install', (event) => event.waitUntil(keep()))
scope.addEventListener('activate', (event) => event.waitUntil(forgetOthers().then(() => scope.clients.claim())))
scope.addEventListener('message', (event) => {
  if (event.data === 'take-over') void scope.skipWaiting()
})
scope.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url)
  const path = pathname === '/index.html' ? '/' : pathname
  if (event.request.method === 'GET' && origin === scope.location.origin && kept.has(path))
    event.respondWith(answer(event.request, path))
})
