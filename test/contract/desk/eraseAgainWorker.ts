// Erases once more what came back to a desk, as its reviewer.
import { killedDeed } from './killedDeed';

void killedDeed(__filename, 'Revisora de práctica', ({ redactions }) => redactions.eraseAgain());
