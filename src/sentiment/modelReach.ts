/** Words beyond these are not read by the model: a text of a megabyte is one text. */
export const wordsRead = 2000;
/** How many words behind a negator are negated for the model, up to the next pause. */
export const negatedReach = 3;
