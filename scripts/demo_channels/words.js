// Every word of the page, Chinese and English. What citizens read in the phones is Jiesu's own and not here.

const WORDS = {
  title: ["接诉：两部手机", "Jiesu: two phones"],
  lead: [
    "左边像微信，右边像 Telegram；两边都连着真正的接口，不需要任何账号。",
    "Left is like WeChat, right is like Telegram. Both talk to the real hooks; no account is needed.",
  ],
  desk: ["打开工作台 ↗", "Open the desk ↗"],
  chat: ["网页聊天 ↗", "Web chat ↗"],
  tab_wechat: ["微信样式", "WeChat-like"],
  tab_strip: ["控制台", "Controls"],
  tab_telegram: ["Telegram 样式", "Telegram-like"],
  begin: ["怎么看", "How to look at it"],
  step_1: ["在任一手机里用自己的话说一件事，一直答到出现办件编号。", "Tell something in either phone and answer until there is a case number."],
  step_2: ["打开工作台，受理、转办、答复这件事。", "Open the desk: accept the case, assign it, answer it."],
  step_3: ["回到手机看通知和回访；再把时钟拨过 49 小时试试。", "Come back for the notices and the visit-back; then move the clock by 49 hours."],
  password: ["首次登录密码", "password at the first login"],
  clock: ["时钟", "Clock"],
  hour: ["＋1 小时", "+1 hour"],
  day: ["＋1 天", "+1 day"],
  hours49: ["＋49 小时", "+49 hours"],
  clock_hint: [
    "两个平台和接诉用同一个时钟。过了 48 小时，微信不再允许主动回复，通知改走模板消息；工作台满 12 小时要重新登录。",
    "The platforms and Jiesu share one clock. After 48 hours WeChat allows no free reply and notices go by template; the desk asks for the password again after 12 hours.",
  ],
  troubles: ["故障", "Faults"],
  trouble_hint: [
    "故障只影响发出去的消息；市民写来的照收，恢复后按次序补发。停得久的，把时钟拨一小时就会再试。",
    "Faults hit what we send. What people write still arrives, and what waits goes out in order afterwards. After a long pause, move the clock by an hour.",
  ],
  revoked: ["凭证失效", "token revoked"],
  down: ["平台不通", "platform down"],
  flood: ["发送限流", "429 flood"],
  slow: ["慢 4 秒", "4 s slow"],
  wire: ["线上往来", "On the wire"],
  wire_hint: ["最近的调用，凭证和身份已隐去。“→”平台调用接诉，“←”接诉调用平台。", "The last calls, without secrets and names. → the platform calls Jiesu, ← Jiesu calls the platform."],
  nothing: ["还没有往来", "Nothing yet"],
  wechat: ["微信", "WeChat"],
  telegram: ["Telegram", "Telegram"],
  account: ["接诉", "Jiesu"],
  people: ["谁的手机", "Whose phone"],
  talk: ["对话", "Conversation"],
  write: ["写消息", "Message"],
  send: ["发送", "Send"],
  more: ["更多", "More"],
  close: ["收起", "Close"],
  back: ["返回", "Back"],
  unfollowed: ["还没有关注这个公众号", "This account is not followed yet"],
  follow: ["关注公众号", "Follow"],
  follow_scan: ["扫码关注", "Follow by a QR code"],
  unfollow: ["取消关注", "Unfollow"],
  refuse: ["拒收消息", "Refuse messages"],
  accept: ["恢复接收", "Accept messages"],
  photo: ["照片", "Photo"],
  album: ["三张照片", "Three photos"],
  sample: ["示例照片", "Sample photo"],
  choose: ["从本机选择", "Choose a file"],
  voice: ["语音", "Voice"],
  voice_words: ["语音（带文字）", "Voice with words"],
  voice_said: ["昨晚十一点多，幸福里3栋楼下烧烤店放音响，吵得睡不着", "Last night the grill below Building 3 of Xingfuli played music until one, nobody could sleep"],
  location: ["位置", "Location"],
  scan: ["扫一扫", "Scan a QR code"],
  link: ["点位链接", "Link of a place"],
  contact: ["我的号码", "My phone number"],
  edit: ["改这条", "Edit"],
  editing: ["正在修改", "Editing"],
  cancel: ["取消", "Cancel"],
  start: ["开始", "Start"],
  block: ["屏蔽机器人", "Block the bot"],
  unblock: ["解除屏蔽", "Unblock"],
  blocked: ["已屏蔽这个机器人", "The bot is blocked"],
  commands: ["命令", "Commands"],
  edited: ["已修改", "edited"],
  picture: ["照片", "photo"],
  seconds_voice: ["语音 4″", "Voice 4″"],
  video: ["视频", "Video"],
  document: ["文件", "File"],
  passive: ["被动回复", "passive reply"],
  customer_service: ["客服消息", "customer service"],
  template: ["模板消息", "template message"],
  subscription: ["订阅通知", "subscription notice"],
  one_time: ["一次性订阅", "one-time notice"],
  window: ["平台还允许主动发 {left} 条，到 {until}", "{left} free messages until {until}"],
  closed: ["窗口已关：只能走模板消息", "Window closed: templates only"],
  always: ["随时可以发给此人", "Can be written to at any time"],
  never: ["要等此人先说话", "The person must speak first"],
  refused: ["此人拒收消息", "This person refuses messages"],
  character_string1: ["编号", "Number"],
  phrase2: ["状态", "State"],
  time3: ["时间", "Time"],
  thing4: ["说明", "Note"],
  failed: ["没有做成", "That did not work"],
  lost: ["页面连不上演示程序", "The demonstration does not answer"],
};

const KEPT = "jiesu-demo-language";
let place = (localStorage.getItem(KEPT) ?? "zh") === "en" ? 1 : 0;

export const english = () => place === 1;

export function turn() {
  place = 1 - place;
  localStorage.setItem(KEPT, english() ? "en" : "zh");
}

export function t(key, facts = {}) {
  const words = WORDS[key]?.[place] ?? key;
  return words.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
}
