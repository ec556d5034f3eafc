// Work lists that not everybody who sees work lists may open.
export const needed: Record<string, string> = {
  emergencies: 'people_write',
  proposals: 'people_write',
  differences: 'differences_decide',
  transfers: 'transfers',
  'set-aside': 'visits_correct',
}
