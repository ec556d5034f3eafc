// The list and the emergency are there at once; the rest is fetched while the list is read, before the road begins.
import type { Route } from './lib/route'
import Emergency from './screens/Emergency.vue'
import Today from './screens/Today.vue'

export const routes: Route[] = [
  { name: 'today', path: '/', component: Today },
  { name: 'emergency', path: '/emergency/:id?', component: Emergency },
  { name: 'join', path: '/join/:token', later: () => import('./screens/Join.vue') },
  { name: 'people', path: '/people', later: () => import('./screens/People.vue') },
  { name: 'person', path: '/person/:id', later: () => import('./screens/Person.vue') },
  { name: 'change', path: '/person/:id/change/:what?', later: () => import('./screens/Change.vue') },
  { name: 'record', path: '/record/:id', later: () => import('./record/Record.vue') },
  { name: 'missed', path: '/missed/:id', later: () => import('./record/Missed.vue') },
  { name: 'outbox', path: '/outbox', later: () => import('./screens/Outbox.vue') },
  { name: 'new-person', path: '/new-person', later: () => import('./screens/NewPerson.vue') },
  { name: 'canvass', path: '/canvass', later: () => import('./screens/Canvass.vue') },
  { name: 'settings', path: '/settings', later: () => import('./screens/Settings.vue') },
  { name: 'help', path: '/help', later: () => import('./screens/Help.vue') },
]

/** So that every screen is on the phone before it leaves the network, also where there is no service worker. */
export const loadAhead = () =>
  setTimeout(() => routes.forEach(({ later }) => void later?.().catch(() => undefined)), 1500)
