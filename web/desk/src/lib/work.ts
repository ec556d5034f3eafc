// Work lists that not everybody who sees work lists may open.
export const needed: Record<string, string> = { differences: 'differences_decide', transfers: 'transfers' }
