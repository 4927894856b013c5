// Applies a desk's retention schedule.
import { killedDeed } from './killedDeed';

void killedDeed(__filename, 'Ana Pérez <ana@isc.example>', ({ retention }) => retention.dispose());
