export const confirmations = ['personal-data', 'answered', 'link'] as const;
/** What a person confirms once before sending; logged. */
export type Confirmation = (typeof confirmations)[number];
