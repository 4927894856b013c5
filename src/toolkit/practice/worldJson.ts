import { acctOf, type Account, type Notification, type PracticeWorld, type Status } from './practiceWorld';
import { escapeHtml, hashtags, mentionedAccts, statusHtml, type MentionTarget } from './statusHtml';

/** Turns what is in the world into the JSON of Mastodon's entities, with addresses on this server. */
export class WorldJson {
  constructor(private readonly world: PracticeWorld, private readonly baseUrl: string) {}

  account(account: Account): Record<string, unknown> {
    const url = this.profileUrl(account);
    return {
      id: account.id, username: account.username, acct: acctOf(account), display_name: account.name, url, uri: url,
      avatar: `${this.baseUrl}/avatars/${account.id}.png`, avatar_static: `${this.baseUrl}/avatars/${account.id}.png`,
      header: `${this.baseUrl}/headers/missing.png`, header_static: `${this.baseUrl}/headers/missing.png`,
      bot: false, locked: false, group: false, discoverable: true, note: '', created_at: new Date(account.createdAt).toISOString(),
      followers_count: 12, following_count: 30, statuses_count: 4, last_status_at: null, emojis: [], fields: [],
    };
  }

  status(status: Status): Record<string, unknown> {
    const parent = this.world.status(status.parentId);
    return {
      id: status.id, created_at: new Date(status.at).toISOString(), edited_at: status.editedAt === undefined ? null : new Date(status.editedAt).toISOString(),
      in_reply_to_id: status.parentId ?? null, in_reply_to_account_id: parent?.account.id ?? null,
      sensitive: status.spoiler !== '', spoiler_text: status.spoiler, visibility: status.visibility, language: status.language,
      uri: this.uri(status), url: this.statusUrl(status), replies_count: this.world.replies(status.id).length, reblogs_count: 0, favourites_count: 0,
      favourited: false, reblogged: false, muted: false, bookmarked: false, filtered: [], content: this.content(status), reblog: null,
      application: null, account: this.account(status.account),
      media_attachments: status.images.map((description, index) => this.image(status, description, index)),
      mentions: mentionedAccts(status.text).map((acct) => this.find(acct)).filter((target) => target !== undefined),
      tags: hashtags(status.text).map((name) => ({ name, url: `${this.baseUrl}/tags/${encodeURIComponent(name)}` })),
      emojis: [], card: null, poll: null, quote: null,
    };
  }

  notification(notification: Notification): Record<string, unknown> {
    const status = this.world.status(notification.statusId);
    return {
      id: notification.id, type: notification.type, created_at: new Date(notification.at).toISOString(), group_key: `ungrouped-${notification.id}`,
      account: this.account(notification.account), ...(status ? { status: this.status(status) } : {}),
    };
  }

  /** All versions, oldest first. */
  history(status: Status): Record<string, unknown>[] {
    const versions = [...status.earlier, { text: status.text, spoiler: status.spoiler, at: status.editedAt ?? status.at }];
    return versions.map((version) => ({
      content: statusHtml(version.text, this.baseUrl, (acct) => this.find(acct)), spoiler_text: version.spoiler, sensitive: version.spoiler !== '',
      created_at: new Date(version.at).toISOString(), account: this.account(status.account), media_attachments: [], emojis: [],
    }));
  }

  /** Sanitised HTML. A content warning is not part of it. */
  content(status: Status): string {
    const handle = `<span class="h-card" translate="no"><a href="${escapeHtml(this.profileUrl(this.world.institution))}" class="u-url mention">@<span>isc</span></a></span>`;
    return status.html?.replaceAll('{isc}', handle) ?? statusHtml(status.text, this.baseUrl, (acct) => this.find(acct));
  }

  /** Where a person can look at it on this server. */
  statusUrl(status: Status): string {
    return `${this.profileUrl(status.account)}/${status.id}`;
  }

  private profileUrl(account: Account): string {
    return `${this.baseUrl}/@${acctOf(account)}`;
  }

  private uri(status: Status): string {
    const { username, domain } = status.account;
    return `${domain === undefined ? this.baseUrl : `https://${domain}`}/users/${username}/statuses/${status.id}`;
  }

  private find(acct: string): (MentionTarget & { id: string }) | undefined {
    const host = new URL(this.baseUrl).host;
    const account = this.world.account(acct.endsWith(`@${host}`) ? acct.slice(0, -host.length - 1) : acct);
    return account && { id: account.id, username: account.username, acct: acctOf(account), url: this.profileUrl(account) };
  }

  private image(status: Status, description: string | null, index: number): Record<string, unknown> {
    const id = `${status.id}${String(index)}`;
    const url = `${this.baseUrl}/media/${id}.png`;
    return { id, type: 'image', url, preview_url: url, remote_url: null, text_url: null, description, blurhash: null, meta: { original: { width: 64, height: 48, size: '64x48', aspect: 64 / 48 } } };
  }
}
