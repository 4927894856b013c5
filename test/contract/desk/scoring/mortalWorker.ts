import './deadlyTexts';
import '../../../../src/desk/scoring/scoringWorker';
