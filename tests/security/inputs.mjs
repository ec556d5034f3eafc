// What is worth sending: names of what there is, so that requests come as far as the database.
import { createHash } from 'node:crypto'
import { citizenNumber } from './gate.mjs'

export const county = '510521'
const neighbour = '510522'
const town = '510521100'
const village = '510521100015'
const reason = '安全测试，核实情况'
export const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const digest = createHash('sha256').update(picture).digest('hex')

const unchanged = Object.fromEntries(
  'family_size expression mobility disease mood personal_hygiene home_hygiene indoor'.split(' ').map((field) => [field, 'unchanged']),
)
const answers = { ...unchanged, gas: 'safe', plumbing_heating: 'safe', electricity: 'safe' }

/** Days and months of China: a day is over there before it is here. */
const china = (days) => new Date(Date.now() + (8 + 24 * days) * 3600e3).toISOString()
const today = china(0).slice(0, 10)
const month = today.slice(0, 7)

const visit = (person, key) => ({
  key, person: { id: person }, visitor: 'v1', method: 'home', outcome: 'met', form: 'luzhou-2023/visit', answers,
  started_at: `${today}T00:00`, ended_at: `${today}T00:01`, attachments: [digest],
})

async function told(answer) {
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${answer.url}: ${text}`)
  return text ? JSON.parse(text) : {}
}

/** Asks the house for what there is, adds what is missing, and gives what each operation is asked with. */
export async function furnish(house, office, neighbours) {
  const ask = async (jar, method, path, body) => told(await house.ask(jar, method, path, body))
  const { people } = await ask(office, 'POST', '/people/search', { area: county, limit: 200 })
  const { people: elsewhere } = await ask(neighbours, 'POST', '/people/search', { area: neighbour, limit: 5 })
  const revealed = await ask(neighbours, 'POST', `/people/${elsewhere[0].id}/reveal`, { reason, fields: ['citizen_number'] })
  await told(await house.send(office, 'PUT', `/attachments/${digest}`, picture, { 'Content-Type': 'image/png' }))
  const named = await ask(office, 'POST', '/visits', visit(people[0].id, 'with a picture'))
  const machine = await ask(office, 'POST', '/accounts', { login: 'machine', name: '接口', role: 'machine', area: county })
  const token = { name: '测试', last_day: china(30).slice(0, 10), permissions: ['people_read', 'visits_read'], area: county }
  const issued = await ask(office, 'POST', `/accounts/${machine.id}/tokens`, token)
  const transfer = await ask(office, 'POST', '/transfers', { citizen_number: revealed.citizen_number, to_area: village })
  const { accounts } = await ask(office, 'GET', '/accounts?role=village_clerk')
  const { differences } = await ask(office, 'GET', '/differences')
  const visitor = await ask(office, 'POST', '/visitors', { name: '张三', kind: 'volunteer', home: village, villages: [village], capacity: 5 })
  await ask(office, 'POST', '/households', { village, households: [{ group: 'A', place: '1' }] })
  const { households } = await ask(office, 'GET', `/households?village=${village}`)
  /** The canvass that runs: one at a time. */
  const canvass = async () => {
    const { canvasses } = await ask(office, 'GET', '/canvasses')
    const running = canvasses.find(({ ended_on }) => ended_on === null) ?? (await ask(office, 'POST', '/canvasses', { name: '排查' }))
    return running.id
  }
  const deviceLink = async () => (await ask(office, 'POST', `/accounts/${accounts[0].id}/device-invitation`, {})).token
  const secret = Buffer.alloc(32, 's')
  const newDevice = (link) => ({ token: link, label: '手机', reading_digest: createHash('sha256').update(secret).digest('base64') })
  /** Signs as a phone that was bound just now. */
  const bindPhone = async () => {
    const bound = await house.send(office, 'POST', '/devices', JSON.stringify(newDevice(await deviceLink())), { 'Content-Type': 'application/json' })
    const { device, key } = await bound.clone().json()
    return { header: bound.headers.get('set-cookie').split(';')[0], csrf: '', device, key }
  }
  const phone = await bindPhone()
  let leaver
  const draft = await ask(office, 'POST', '/scheme-drafts', { based_on: 'luzhou-2023' })
  // One that nobody edits: what is written into the other is no scheme any more.
  const toSimulate = await ask(office, 'POST', '/scheme-drafts', { based_on: 'luzhou-2023' })
  const simulation = `/scheme-drafts/${toSimulate.id}/simulation`
  const simulated = async () => {
    if (!(await house.ask(office, 'GET', simulation)).ok) await ask(office, 'POST', simulation, { on: today })
  }
  const form = new FormData()
  form.set('area', county)
  form.set('file', new Blob([`姓名,身份证号码,村\n李四,${citizenNumber(21)},${village}\n王五,510521194003020011,${village}\n`]), 'list.csv')
  const ledger = await told(await house.send(office, 'POST', '/ledgers', form))
  const filed = await ask(office, 'POST', '/archives', { area: people[0].area.slice(0, 9), month, reason })
  const { backups } = await ask(await house.signIn('administrator'), 'GET', '/backups')
  const consenting = people.at(-1).id
  const consent = JSON.stringify({ kind: 'service', given: true, on: today })
  await told(await house.send(office, 'POST', `/people/${consenting}/consents`, consent, { 'Content-Type': 'application/json', 'If-Match': '*' }))
  const span = { area: town, first_day: today, last_day: today }

  // Each operation on a person has one of its own: it does not find them dead or gone by another.
  let next = 0
  const mine = new Map()
  const personOf = (operation) => {
    if (!mine.has(operation)) mine.set(operation, people[++next % people.length].id)
    return mine.get(operation)
  }
  const proposed = (note) => ({ what: 'facts', person: personOf('propose'), base_version: '', on: today, facts: { phone: '13800001234' }, note })
  const emergency = { what: 'other', at: `${today}T00:00`, where: '堂屋', note: '试', called: [{ who: '120', at: `${today}T00:00` }] }
  const everywhere = {
    proposal: '0made0', emergency: '0made0', report: '0made0', format: 'pdf', period: month, outcome: '已处理',
    area: county, county, month, from: `${month}-01`, to: today, on: today, year: Number(today.slice(0, 4)), limit: 50,
    visit: named.id, archive: filed.id, digest, account: accounts[0].id, token: '0made0', round: '0made0', declaration: '0made0', view: '0made0',
    session: '0made0', transfer: transfer.id, difference: differences[0]?.id ?? named.id, visitor: visitor.id, scheme: 'luzhou-2023',
    form: 'visit', ledger: ledger.id, reason, key: '0fresh0', status: 'active', event: 'hospital_discharge', cursor: null,
    page: '0made0', batch: '0made0', sheet: '0made0',
    canvass: '0made0', draft: draft.id, files: { 'scheme.toml': 'id = "a"' }, household: households[0].id, group: 'A', begun_on: today,
    first_day: today, last_day: today, village, to_area: village, citizen_number: '0citizen0', facts: { has_spouse: false },
    'X-Tanfang-Device': phone.device, 'X-Tanfang-Reading': secret.toString('base64'), device: phone.device,
    'If-Match': 'tanfang', 'Idempotency-Key': '0fresh0', said_on: today, registered_on: today, last: today, in_force: today, phone: '13800001234',
    name: '王', pinyin: 'w', tier: null, state: 'owed', category: null, content: '0picture0', login: 'clerk', password: house.password,
    file: `姓名,身份证号码,村\n李四,${citizenNumber(21)},${village}\n`, registered_from: today, mapping: null, answers,
    unknown_facts: ['ability'], at: `${today}T00:00`, tiers: null, categories: null, relation: '女儿', health: null, welfare: null,
  }
  const shapes = {
    level: 'town', property: 'code',
    features: [{
      type: 'Feature', properties: { code: town },
      geometry: { type: 'Polygon', coordinates: [[[105.1, 29.1], [105.2, 29.1], [105.2, 29.2], [105.1, 29.1]]] },
    }],
  }
  const of = {
    getCoverageTrend: { to: month }, askArchive: { area: filed.area }, printPerson: { form: 'luzhou-2023/registration' },
    followLedger: {}, listLedgerRows: { state: 'refused' }, showForm: { form: 'visit' }, recordConsent: { kind: 'photo' }, withdrawConsent: { kind: 'service', person: consenting },
    addHouseholds: { place: '0fresh0' }, changeHousehold: { place: '1', listed: true }, listForms: {}, askJob: { kind: 'refresh_list' }, listDifferences: { kind: 'fact' }, listAudit: { kind: 'session_started', actor: 'account:office', subject: null },
    listVisits: { person: null, visitor: null, method: 'home', outcome: 'met' }, listAttempts: { person: null, visitor: null, method: null, outcome: null },
    listAssignments: { area: town }, proposeAssignment: { within: town }, listVisitors: { area: town }, searchVisitors: { area: town, name: '张' }, listObligations: { area: town, state: null }, listCoveragePeople: { state: 'met' },
    recordVisit: { '': visit(personOf('recordVisit'), '0fresh0') },
    correctVisit: { '': { ...visit(personOf('correctVisit'), '0fresh0'), reason }, visit: '0made0' }, strikeVisit: { visit: '0made0' },
    searchPeople: { name: null, phone: null, citizen_number: null, pinyin: null },
    listPeople: { pinyin: null, state: null }, exportPeople: { pinyin: null, state: null, limit: null, people: null },
    registerPerson: { area: village, name: '李四', contacts: [], household: [] }, correctPerson: { area: village, name: '李四' },
    setHousehold: { household: undefined, citizen_number: null, sex: 'female' }, noteEvent: { at: `${today}T00:00:00+08:00` }, proposeTransfer: { citizen_number: revealed.citizen_number },
    inviteAccount: { login: 'login.0fresh0', role: 'village_clerk', area: village, name: '李四' },
    changeAccount: { role: 'village_clerk', area: village, name: '李四', enabled: true },
    openEmergency: { area: neighbour }, issueToken: { account: machine.id, ...token, permissions: ['people_read'], last_day: token.last_day },
    listObligationsOf: { from: month, to: month }, beginSchemeDraft: { based_on: null, scheme: 'new' },
    deleteSchemeDraft: { draft: '0made0' }, askSimulation: { draft: toSimulate.id }, showSimulation: { draft: toSimulate.id },
    dropSimulation: { draft: toSimulate.id }, listSimulatedPeople: { draft: toSimulate.id }, listSimulatedVillages: { draft: toSimulate.id }, listTokens: { account: machine.id }, saveView: { '': { screen: 'people', name: '0fresh0', view: { area: county } } },
    addVisitor: { name: '张三', kind: 'volunteer', login: null, home: village, villages: [village] },
    changeVisitor: { name: '张三', kind: 'volunteer', login: null, home: village, villages: [village] },
    assignPeople: { person: personOf('assignPeople'), from: null }, addRound: { name: '0fresh0', area: town, people: null }, declareEpidemic: { area: town },
    giveVerdict: { id: 'a' }, lintScheme: { name: 'scheme', scheme: 'id = "a"', indicators: '', cases: '' },
    changeStatus: { status: 'suspended', last: today }, decideDifference: { decision: 'reject' },
    bindDevice: newDevice('0made0'), revokeDevice: { device: '0made0' }, signDeviceOff: { 'X-Tanfang-Device': '0made0' },
    sendParcel: { kind: 'visit', sent_at: `${today}T00:00`, saved_order: 1, sealed: { key_id: phone.key.id, wrapped_key: 'AAAA', iv: 'AAAA', data: 'AAAA' } },
    acceptSetAside: { parcel: phone.device }, rejectSetAside: { parcel: phone.device },
    changePassword: { old_password: house.password, new_password: `${house.password}1` }, verifyBackup: { name: backups[0].name },
    linkAccount: { subject: 'subject-0fresh0' }, stateFacts: { facts: { has_spouse: false, children: [] } }, reveal: { fields: ['phone'] },
    putAreaShapes: shapes, previewAreaShapes: shapes,
    changeEmergencyTelling: { county_told: true },
    askVerification: { people: [personOf('askVerification')] },
    locateArea: { area: village, latitude: 29.15, longitude: 105.4 }, listAreaPoints: { area: county },
    setContacts: { kind: 'helper' },
    issueReport: { kind: 'monthly', period: month }, previewReport: { kind: 'monthly', period: month, format: null }, listReports: { kind: 'monthly' },
    makeExport: { list: 'registry', template: null, month: null, reason: null }, showExportColumns: { list: 'template', template: 'common/upward' },
    propose: { '': proposed('0fresh0') }, listProposals: { state: 'open' }, listEmergencies: { state: 'reported' },
    reportEmergency: { '': emergency }, acceptProposal: { citizen_number: null },
    sendScan: { file: '%PDF-1.7\n0fresh0' },
    listScanPages: { state: 'unclear', batch: null, sheet: null, visit: null },
    assignScanPage: { person: personOf('assignScanPage'), visit: null, sheet: null, page: '0made0', form: 'luzhou-2023/visit' },
    enterScanPage: { '': visit(personOf('enterScanPage'), '0fresh0'), page: '0made0' },
  }
  // What does not go together, or leaves nothing to be found, is asked beside the rest.
  const other = {
    searchPeople: [{ name: '王' }, { pinyin: 'w' }, { phone: '13800001234' }, { citizen_number: citizenNumber(21) }],
    listPeople: [{ pinyin: 'w', tier: 'key', category: 'living_alone', name: null, facts: null, unknown_facts: null }],
    exportPeople: [{ pinyin: 'w', tier: 'key', category: 'living_alone', name: null, facts: null, unknown_facts: null, limit: null }, { people: [people[0].id] }],
    listVisits: [{ person: people[0].id, visitor: 'v1' }], listAttempts: [{ person: people[0].id, visitor: 'v1', outcome: 'not_home' }],
    listAudit: [{ subject: named.id, kind: null, actor: null }], listObligations: [{ village, state: 'owed' }],
    listCoveragePeople: [{ tier: 'key' }], addRound: [{ tiers: ['key'], categories: ['living_alone'] }, { people: [people[0].id], area: county }],
    showCalendar: [{ area: town, by: 'visitor' }],
    makeExport: [{ list: 'visits', reason }, { list: 'obligations', month }, { list: 'template', template: 'common/upward' }],
    previewReport: [{ kind: 'glance', format: 'pdf' }],
    addVisitor: [{ login: 'clerk' }], changeVisitor: [{ login: 'town' }],
  }
  const given = (operation, name, variant) => {
    const instead = variant > 0 ? other[operation][variant - 1] : {}
    if (name in instead) return instead[name]
    if (of[operation] && name in of[operation]) return of[operation][name]
    return name === 'person' || name === 'id' ? personOf(operation) : everywhere[name]
  }
  const made = (path, body, name = 'id') => async (serial) => (await ask(office, 'POST', path, body(serial)))[name]
  const record = made('/visits', (serial) => visit(people[0].id, `made ${serial}`))
  const invitation = async () => (await ask(office, 'POST', `/accounts/${accounts[0].id}/invitation`)).invitation.token
  /** There is room for so many. */
  const room = async (path, name, most) => {
    const list = (await ask(office, 'GET', path))[name]
    const spare = list.length > most ? list.filter(({ id }) => id !== draft.id && id !== toSimulate.id) : []
    for (const { id } of spare) await ask(office, 'DELETE', `${path}/${id}`)
  }
  const report = made('/reports', () => ({ kind: 'monthly', area: town, period: month, reason }))
  const proposal = made('/proposals', (serial) => proposed(`made ${serial}`))
  const reported = made('/emergencies', () => emergency)
  /** A page that nobody knows whose it is: another file each time. */
  const scanned = async (serial) => {
    const paper = new FormData()
    paper.set('area', county)
    paper.set('file', new Blob([picture, `${serial} ${Math.random()}`]), 'page.png')
    const { id } = await told(await house.send(office, 'POST', '/scans', paper))
    // What was asked for before, a hundred months on paper among it, is done before.
    for (let tries = 0; tries < 6000; ++tries) {
      const { pages } = await ask(office, 'GET', `/scan-pages?batch=${id}`)
      if (pages.length > 0) return pages[0].id
      await new Promise((done) => setTimeout(done, 100))
    }
    throw new Error(`the page of ${id} was not read`)
  }
  /** A page that is of a record. */
  const attached = async (serial) => {
    const page = await scanned(serial)
    const place = JSON.stringify({ visit: await record(serial) })
    const seen = { 'Content-Type': 'application/json', 'If-Match': '*' }
    await told(await house.send(office, 'POST', `/scan-pages/${page}/assignment`, place, seen))
    return page
  }
  const anotherDraft = async () => {
    await room('/scheme-drafts', 'drafts', 10)
    return (await ask(office, 'POST', '/scheme-drafts', { based_on: 'luzhou-2023' })).id
  }
  const makers = {
    showScanPage: scanned, showScanPicture: scanned, assignScanPage: scanned, setScanPageAside: scanned, enterScanPage: scanned,
    detachScanPage: attached,
    showProposal: proposal, acceptProposal: proposal, rejectProposal: proposal, revealProposal: proposal,
    showEmergency: reported, acknowledgeEmergency: reported, closeEmergency: reported,
    showReport: report, downloadReport: report,
    strikeVisit: record, correctVisit: record,
    revokeToken: made(`/accounts/${machine.id}/tokens`, () => token),
    endRound: made('/plan/rounds', (serial) => ({ ...span, kind: 'other', name: `made ${serial}` })),
    endDeclaration: made('/plan/declarations', (serial) => ({ ...span, reason: `made ${serial}` })),
    showSimulation: simulated, dropSimulation: simulated, listSimulatedPeople: simulated, listSimulatedVillages: simulated,
    beginSchemeDraft: () => room('/scheme-drafts', 'drafts', 10), deleteSchemeDraft: anotherDraft,
    endCanvass: canvass, showCompleteness: canvass, listHouseholds: canvass, noteHouseholdResult: canvass,
    beginCanvass: async () => ask(office, 'POST', `/canvasses/${await canvass()}/end`),
    showDeviceInvitation: deviceLink, bindDevice: deviceLink, revokeDevice: async () => (await bindPhone()).device,
    signDeviceOff: async () => (leaver = await bindPhone()).device,
    showInvitation: invitation, acceptInvitation: invitation,
    deleteView: made('/session/views', () => ({ screen: 'people', name: 'made', view: { area: county } })),
    saveView: () => room('/session/views', 'views', 40),
  }
  return { given, variants: (operation) => other[operation]?.length ?? 0, makers, bearer: issued.token, phone, leaving: () => leaver }
}
