// The worker that opens the application without a network, and the change to a newer version of it.
import type { View } from './core'

/**
 * `view.update_ready` once a newer version waits; what the page does with it is for the person to say. A browser that
 * has workers and takes none, as those of some chat applications, is like one without; so is one that could not fetch all
 * of it yet, which is tried again.
 */
export async function startWorker(view: View): Promise<void> {
  if (!navigator.serviceWorker || import.meta.env.DEV) return
  const lacks = (is: boolean) => {
    const rest = view.missing.filter((each) => each !== 'offline')
    view.missing = is ? [...rest, 'offline'] : rest
  }
  const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }).catch(() => null)
  if (!registration) return lacks(!navigator.serviceWorker.controller)
  const look = () => {
    if (registration.waiting && navigator.serviceWorker.controller) view.update_ready = true
  }
  const watch = () => {
    const worker = registration.installing
    worker?.addEventListener('statechange', () => {
      look()
      if (worker.state === 'activated') lacks(false)
      if (worker.state !== 'redundant' || registration.active || registration.waiting) return
      lacks(true)
      setTimeout(() => void startWorker(view), 60_000)
    })
  }
  look()
  watch()
  registration.addEventListener('updatefound', watch)
  let had = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The first worker takes over a page that is already as new as itself.
    if (had) location.reload()
    had = true
  })
}

export async function takeOver(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration()
  registration?.waiting?.postMessage('take-over')
}
