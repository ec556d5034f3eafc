import { watchEffect } from 'vue'
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { i18n } from './lib/language'
import { useSession } from './lib/session'
import { takeDestination } from './lib/signOn'
import { needed } from './lib/work'

declare module 'vue-router' {
  interface RouteMeta {
    /** Words of the page's title. */
    title: string
    /** One of these must be granted; without it anybody who is signed in may come. */
    permissions?: string[]
    /** The page of the left side that it belongs to; its own name otherwise. */
    within?: string
    /** For people who are not signed in. */
    open?: boolean
  }
}

const desk: RouteRecordRaw[] = [
  { path: '', name: 'today', component: () => import('./pages/today/TodayPage.vue'), meta: { title: 'nav.today' } },
  {
    path: 'work/:list(emergencies|proposals|verification|refresh|differences|transfers|corrections|set-aside)',
    name: 'work',
    component: () => import('./pages/work/WorkPage.vue'),
    props: true,
    meta: { title: 'work.title', within: 'today', permissions: ['work_lists_read'] },
  },
  {
    path: 'people',
    name: 'people',
    component: () => import('./pages/people/PeoplePage.vue'),
    meta: { title: 'nav.people', permissions: ['search'] },
  },
  {
    path: 'people/new',
    name: 'new-person',
    component: () => import('./pages/people/NewPerson.vue'),
    meta: { title: 'people.new', within: 'people', permissions: ['people_write'] },
  },
  {
    path: 'people/:person',
    name: 'person',
    component: () => import('./pages/people/PersonPage.vue'),
    props: true,
    meta: { title: 'person.title', within: 'people', permissions: ['people_read'] },
  },
  {
    path: 'canvass',
    name: 'canvass',
    component: () => import('./pages/canvass/CanvassPage.vue'),
    meta: { title: 'nav.canvass', permissions: ['coverage_read'] },
  },
  {
    path: 'visits/:part(attempts|corrections|archives)?',
    name: 'visits',
    component: () => import('./pages/visits/VisitsPage.vue'),
    props: true,
    meta: { title: 'nav.visits', permissions: ['visits_read'] },
  },
  {
    path: 'visits/entry',
    name: 'enter-visits',
    component: () => import('./pages/visits/EnterVisits.vue'),
    meta: { title: 'visit.enterMany', within: 'visits', permissions: ['visits_record'] },
  },
  {
    path: 'people/:person/visit',
    name: 'record-visit',
    component: () => import('./pages/visits/RecordVisit.vue'),
    props: true,
    meta: { title: 'visit.record', within: 'visits', permissions: ['visits_record'] },
  },
  {
    path: 'visits/:visit/correction',
    name: 'correct-visit',
    component: () => import('./pages/visits/CorrectVisit.vue'),
    props: true,
    meta: { title: 'visit.correct', within: 'visits', permissions: ['visits_correct'] },
  },
  {
    path: 'visits/:visit/comparison',
    name: 'compare-visits',
    component: () => import('./pages/visits/CompareVisits.vue'),
    props: true,
    meta: { title: 'visit.compare', within: 'visits', permissions: ['visits_read'] },
  },
  {
    path: 'visits/:visit',
    name: 'visit',
    component: () => import('./pages/visits/VisitPage.vue'),
    props: true,
    meta: { title: 'visit.title', within: 'visits', permissions: ['visits_read'] },
  },
  {
    path: 'scans/:part(unclear|set_aside|files)?',
    name: 'scans',
    component: () => import('./pages/scans/ScansPage.vue'),
    props: true,
    meta: { title: 'nav.scans', permissions: ['visits_correct'] },
  },
  {
    path: 'scans/pages/:page',
    name: 'scan-page',
    component: () => import('./pages/scans/ScanSheet.vue'),
    props: true,
    meta: { title: 'scan.one', within: 'scans', permissions: ['visits_correct'] },
  },
  {
    path: 'import/:part(history)?',
    name: 'import',
    component: () => import('./pages/import/ImportPage.vue'),
    props: true,
    meta: { title: 'nav.import', permissions: ['ledger_import', 'department_list_import'] },
  },
  {
    path: 'reports',
    name: 'reports',
    component: () => import('./pages/reports/ReportsPage.vue'),
    meta: { title: 'nav.reports', permissions: ['coverage_read'] },
  },
  {
    path: 'export',
    name: 'export',
    component: () => import('./pages/export/ExportPage.vue'),
    meta: { title: 'nav.export', permissions: ['search'] },
  },
  {
    path: 'accounts',
    name: 'accounts',
    component: () => import('./pages/accounts/AccountsPage.vue'),
    meta: { title: 'nav.accounts', permissions: ['accounts_read'] },
  },
  {
    path: 'accounts/:account',
    name: 'account',
    component: () => import('./pages/accounts/AccountPage.vue'),
    props: true,
    meta: { title: 'account.title', within: 'accounts', permissions: ['accounts_read'] },
  },
  {
    path: 'audit',
    name: 'audit',
    component: () => import('./pages/audit/AuditPage.vue'),
    meta: { title: 'nav.audit', permissions: ['audit_read'] },
  },
  {
    path: 'plan/:part(calendar|by-visitor|assignment|visitors|rounds|suspensions|declarations|festivals)?',
    name: 'plan',
    component: () => import('./pages/plan/PlanPage.vue'),
    props: true,
    meta: { title: 'nav.plan', permissions: ['plan_read'] },
  },
  {
    path: 'schemes',
    name: 'schemes',
    component: () => import('./pages/schemes/SchemesPage.vue'),
    meta: { title: 'nav.schemes', permissions: ['schemes_read'] },
  },
  {
    path: 'schemes/drafts',
    name: 'scheme-drafts',
    component: () => import('./pages/schemes/DraftsPage.vue'),
    meta: { title: 'draft.list', within: 'schemes', permissions: ['schemes_manage'] },
  },
  {
    path: 'schemes/drafts/:draft/:part(simulation|publication)?',
    name: 'scheme-draft',
    component: () => import('./pages/schemes/DraftPage.vue'),
    props: true,
    meta: { title: 'draft.title', within: 'schemes', permissions: ['schemes_manage'] },
  },
  {
    path: 'schemes/:scheme',
    name: 'scheme',
    component: () => import('./pages/schemes/SchemePage.vue'),
    props: true,
    meta: { title: 'nav.schemes', within: 'schemes', permissions: ['schemes_read'] },
  },
  {
    path: 'areas/shapes',
    name: 'shapes',
    component: () => import('./pages/today/ShapesPage.vue'),
    meta: { title: 'shapes.title', within: 'today', permissions: ['areas_write'] },
  },
  {
    path: 'help/:chapter?',
    name: 'help',
    component: () => import('./pages/help/HelpPage.vue'),
    props: true,
    meta: { title: 'help.title' },
  },
  { path: 'me', name: 'me', component: () => import('./pages/entry/MyAccount.vue'), meta: { title: 'me.title' } },
  {
    path: ':rest(.*)*',
    name: 'missing',
    component: () => import('./pages/entry/MissingPage.vue'),
    meta: { title: 'missing.title' },
  },
]

export const router = createRouter({
  history: createWebHistory('/desk/'),
  routes: [
    {
      path: '/sign-in',
      name: 'sign-in',
      component: () => import('./pages/entry/SignIn.vue'),
      meta: { title: 'signIn.title', open: true },
    },
    {
      path: '/invitation',
      name: 'invitation',
      component: () => import('./pages/entry/Invitation.vue'),
      meta: { title: 'invitation.title', open: true },
    },
    {
      path: '/enrol',
      name: 'enrol',
      component: () => import('./pages/entry/Enrol.vue'),
      meta: { title: 'enrol.title' },
    },
    { path: '/', component: () => import('./pages/Shell.vue'), children: desk, meta: { title: 'nav.today' } },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

async function signedIn(): Promise<boolean> {
  const session = useSession()
  if (!session.me) await session.load().catch(() => undefined)
  return session.me !== null
}

router.beforeEach(async (to) => {
  if (to.meta.open) return true
  if (!(await signedIn())) return { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  const session = useSession()
  if (session.me?.must_enrol && to.name !== 'enrol') return { name: 'enrol' }
  const wanted = to.name === 'today' ? takeDestination() : null
  if (wanted && wanted !== '/') return wanted
  const own = to.name === 'work' ? needed[String(to.params.list)] : undefined
  if (own && !session.may(own)) return { name: 'today' }
  if (to.meta.permissions && !to.meta.permissions.some(session.may)) return { name: 'today' }
  return true
})

// In the language that is spoken, also when that changes.
watchEffect(() => {
  const { title } = router.currentRoute.value.meta
  if (title) document.title = `${i18n.global.t(title)} · ${i18n.global.t('name')}`
})
