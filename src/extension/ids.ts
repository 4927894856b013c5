/** Every name that package.json and the code share; test/manifest holds both together. */

export const commands = {
  inboxRefresh: 'momentos.inbox.refresh',
  inboxGroup: 'momentos.inbox.group',
  inboxFilter: 'momentos.inbox.filter',
  inboxSearch: 'momentos.inbox.search',
  inboxClearFilter: 'momentos.inbox.clearFilter',
  inboxShowMine: 'momentos.inbox.showMine',
  inboxShowEverybody: 'momentos.inbox.showEverybody',
  /** What a click on a row does: reads the selection, as a command with arguments would be lost when the row is drawn anew meanwhile. */
  inboxOpen: 'momentos.inbox.open',
  templatesOpen: 'momentos.templates.open',
  contactRecord: 'momentos.contact.record',
  contactImport: 'momentos.contact.import',
  mentionReply: 'momentos.mention.reply',
  holdSet: 'momentos.hold.set',
  holdLift: 'momentos.hold.lift',
  legalHoldSet: 'momentos.hold.setLegal',
  legalHoldLift: 'momentos.hold.liftLegal',
  citizenGiveData: 'momentos.citizen.giveData',
  redactionPropose: 'momentos.redaction.propose',
  redactionDecide: 'momentos.redaction.decide',
  redactionAgain: 'momentos.redaction.again',
  retentionApply: 'momentos.retention.apply',
  approvalShow: 'momentos.approval.show',
  approvalReturn: 'momentos.approval.return',
  approvalTakeBack: 'momentos.approval.takeBack',
  mentionNext: 'momentos.mention.next',
  mentionClaim: 'momentos.mention.claim',
  mentionRelease: 'momentos.mention.release',
  mentionSnooze: 'momentos.mention.snooze',
  mentionRefer: 'momentos.mention.refer',
  mentionUnitAnswer: 'momentos.mention.unitAnswer',
  mentionNote: 'momentos.mention.note',
  mentionSetCase: 'momentos.mention.setCase',
  mentionFindCase: 'momentos.mention.findCase',
  mentionClose: 'momentos.mention.close',
  mentionReopen: 'momentos.mention.reopen',
  mentionWaitForCitizen: 'momentos.mention.waitForCitizen',
  mentionCorrectSentiment: 'momentos.mention.correctSentiment',
  mentionCorrectNegative: 'momentos.mention.correctNegative',
  mentionCorrectNeutral: 'momentos.mention.correctNeutral',
  mentionCorrectPositive: 'momentos.mention.correctPositive',
  mentionCorrectKind: 'momentos.mention.correctKind',
  mentionWhy: 'momentos.mention.why',
  mentionOpenOnNetwork: 'momentos.mention.openOnNetwork',
  mentionCopyLink: 'momentos.mention.copyLink',
  channelConnect: 'momentos.channel.connect',
  channelDisconnect: 'momentos.channel.disconnect',
  channelPull: 'momentos.channel.pull',
  channelRefresh: 'momentos.channel.refresh',
  channelCopyDiagnosis: 'momentos.channel.copyDiagnosis',
  channelOpenNetwork: 'momentos.channel.openNetwork',
  templateNew: 'momentos.template.new',
  templateReview: 'momentos.template.review',
  templateCompare: 'momentos.template.compare',
  templateComment: 'momentos.template.comment',
  templatePreview: 'momentos.template.preview',
  templateEdit: 'momentos.template.edit',
  templatePropose: 'momentos.template.propose',
  templateApprove: 'momentos.template.approve',
  templateReject: 'momentos.template.reject',
  templateWithdraw: 'momentos.template.withdraw',
  templatesSignEarlier: 'momentos.template.signEarlier',
  reviewerSetUpKey: 'momentos.reviewer.setUpKey',
  reviewerExportKey: 'momentos.reviewer.exportKey',
  reviewerAdd: 'momentos.reviewer.add',
  reviewerRevokeKey: 'momentos.reviewer.revokeKey',
  reviewersTrust: 'momentos.reviewer.trust',
  auditExport: 'momentos.audit.export',
  auditVerify: 'momentos.audit.verify',
  auditCopyHead: 'momentos.audit.copyHead',
  reportToday: 'momentos.report.today',
  deskNew: 'momentos.desk.new',
  deskDoctor: 'momentos.desk.doctor',
  deskOpenConfig: 'momentos.desk.openConfig',
  logShow: 'momentos.log.show',
} as const;

export const views = { inbox: 'momentos.inbox', templates: 'momentos.templates', channels: 'momentos.channels' } as const;

export const viewContainer = 'momentos';

/** Panel types of the webviews. */
export const panels = { reply: 'momentos.reply', template: 'momentos.template' } as const;

/** Settings, without their first part `momentos`. */
export const settings = {
  language: 'language',
  operator: 'operator',
  sentimentModel: 'sentiment.model',
  pollingSeconds: 'polling.seconds',
  undoSeconds: 'replies.undoSeconds',
  openNext: 'replies.openNext',
  urgentNotices: 'notices.urgent',
} as const;

/** Keys of `when` clauses that the extension sets. */
export const contexts = {
  /** See `DeskState`. */
  state: 'momentos.state',
  /** `es` or `en`: which welcome text is shown. */
  language: 'momentos.uiLanguage',
  mine: 'momentos.mine',
  filtered: 'momentos.filtered',
  /** The templates have been read, and there are none: until then the view is only not filled yet. */
  noTemplates: 'momentos.noTemplates',
  /** Working files that the operator may propose now: paths, for `resourcePath in`. */
  templatesToPropose: 'momentos.templatesToPropose',
  /** Working files that wait for a review by the operator. */
  templatesToReview: 'momentos.templatesToReview',
  /** Working files whose approved text the operator may withdraw. */
  templatesInUse: 'momentos.templatesInUse',
  /** Every working file. */
  templateFiles: 'momentos.templateFiles',
  /** An answer has gone out of this window. */
  sending: 'momentos.sending',
} as const;

/** Scheme of the read-only documents that the extension writes (reports, findings). */
export const documentScheme = 'momentos-document';

/** Scheme of the approved copies as VS Code's diff editor shows them. */
export const approvedScheme = 'momentos-approved';
