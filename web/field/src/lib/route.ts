// Screens by the part of the address after `#`, which no server and no log ever sees. A router of the shelf would take a
// fifth of what the phone may load before the first screen.
import { shallowRef, type Component } from 'vue'

type Loader = () => Promise<{ default: Component }>
export interface Route {
  name: string
  /** `/person/:id`; a part with `?` may be left out. */
  path: string
  /** Shown at once, or fetched when it is first needed. */
  component?: Component
  later?: Loader
}

export interface Place {
  name: string
  path: string
  params: Record<string, string>
  query: Record<string, string>
  component: Component
}

export const place = shallowRef<Place>()
/** The part of the screen that was asked for last could not be fetched. */
export const unfetched = shallowRef(false)
let routes: readonly Route[] = []
let leaving: () => void = () => undefined
/** How far down, of what scrolls on a screen. */
const scrolled = new Map<number, number[]>()
const scrollers = () => [...document.querySelectorAll('main, .task > .page')]
const remember = () =>
  scrolled.set(
    at,
    scrollers().map(({ scrollTop }) => scrollTop),
  )
let at = 0

/** Of a link that was cut off in a message, as it stands. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** The parts of a path by the names in a pattern; null where it is another. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const parts = path.split('/')
  const params: Record<string, string> = {}
  if (parts.length > wanted.length) return null
  for (const [i, name] of wanted.entries()) {
    const part = parts[i]
    if (!name.startsWith(':')) {
      if (name !== part) return null
    } else if (part) params[name.replace(/[:?]/g, '')] = decoded(part)
    else if (!name.endsWith('?')) return null
  }
  return params
}

async function arrive(down: readonly number[]): Promise<void> {
  const address = location.hash.slice(1) || '/'
  const [path = '/', search = ''] = address.split('?')
  const route = routes.find((each) => match(each.path, path))
  if (!route) return go('/', true)
  const component = route.component ?? (await route.later?.().catch(() => undefined))?.default
  // Pressed twice: the last address wins.
  if ((location.hash.slice(1) || '/') !== address) return
  unfetched.value = !component
  if (!component) return
  leaving()
  const moved = place.value !== undefined && place.value.path !== path
  const query = Object.fromEntries(new URLSearchParams(search))
  place.value = { name: route.name, path, params: match(route.path, path) ?? {}, query, component }
  requestAnimationFrame(() => {
    scrollers().forEach((each, i) => (each.scrollTop = down[i] ?? 0))
    // A reader of screens and a keyboard begin at the title of the screen.
    if (moved) document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
  })
}

export function go(to: string, instead = false): Promise<void> {
  remember()
  // Pressed twice, the way back is one step all the same.
  instead ||= window.location.hash.slice(1) === to
  if (!instead) at += 1
  window.history[instead ? 'replaceState' : 'pushState']({ at }, '', `#${to}`)
  return arrive([])
}

export function goBack(): void {
  if (at > 0) window.history.back()
  else void go('/', true)
}

/** `leave` is called at each change of screen. */
export async function startRoutes(all: readonly Route[], leave: () => void): Promise<void> {
  routes = all
  leaving = leave
  window.history.scrollRestoration = 'manual'
  at = Number(window.history.state?.at ?? 0)
  window.addEventListener('popstate', ({ state }: PopStateEvent) => {
    remember()
    at = Number(state?.at ?? at + 1)
    void arrive(scrolled.get(at) ?? [])
  })
  await arrive([])
}
