"""What is said where a complaint and a report are told at once, in Chinese."""

TWOFOLD = {
    "kinds.both": "您既要投诉（和对方解决纠纷），又要举报（查处违法行为）。这两种由不同的程序办，时限也不一样。",
    "kinds.complaint": "只投诉",
    "kinds.report": "只举报",
    "kinds.first.complaint": "好，分开登记。先登记投诉。",
    "kinds.first.report": "好，分开登记。先登记举报。",
    "kinds.next.complaint": "接着登记投诉，说过的不用再说。",
    "kinds.next.report": "接着登记举报，说过的不用再说。",
    "kinds.kept.complaint": "您要投诉的那件先收着，发“接着上次”就能接着说。",
    "kinds.kept.report": "您要举报的那件先收着，发“接着上次”就能接着说。",
}
