"""What is said in Chinese of the monthly bulletin, and the bulletin itself."""

BULLETINS = {
    "bulletin.ask": "您想订哪一份月报？每月初发一次，只讲上个月的总数：收到多少件、主要是什么事、多久答复、按时和解决的比例。随时发“退订月报”就停。",
    "bulletin.on": "订好了：“{name}”的月报。每月初白天发一次，只讲上个月的总数：收到多少件、主要是什么事、多久答复、按时和解决的比例，"
    "不讲任何一件事。不想收了，发“退订月报”。",
    "bulletin.twice": "“{name}”的月报您已经订过了，每月初发一次。不想收了，发“退订月报”。",
    "bulletin.many": "您订的月报已经够多了。想换一份，先发“退订月报”，再重新订。",
    "bulletin.off": "好的，月报不再发了。您反映的事，进度还会照常告诉您。想再看，发“订阅月报”。",
    "bulletin.none": "您没有订月报。想看，发“订阅月报”。",
    "bulletin.title": "【月报】{name}，{year}年{month}月",
    "bulletin.empty": "这个月没有收到反映。",
    "bulletin.few": "来反映的人不到{few}位。为保护个人信息，不再细说。",
    "bulletin.received": "共收到{n}件。",
    "bulletin.kinds": "最多的是：{kinds}。",
    "bulletin.kind": "{name}{n}件",
    "bulletin.days": "一半的事在{n}天内答复。",
    "bulletin.waits": "到现在还有一半以上没有答复。",
    "bulletin.on_time": "按时办的占{share}%。",
    "bulletin.solved": "回访中说已经解决的占{share}%。",
    "bulletin.stop": "不想收了，发“退订月报”。",
}
