"""短视频: the detail list of Compass with sales, and the creator centre's list with plays."""

from __future__ import annotations

from collections.abc import Iterator

from factbook.samples import book, videos
from factbook.samples.spelling import Figure, spell
from factbook.samples.world import World

# The page writes (元) in half width, the rates in full width and without a hyphen.
VIDEOS = (
    Figure("视频标题", "text", "title"),
    Figure("视频ID", "text", "video_id"),
    Figure("播放链接", "text", "link"),
    Figure("发布时间", "time", "published"),
    Figure("是否投放", "text", "promoted"),
    Figure("达人昵称", "text", "account"),
    Figure("达人抖音号", "text", "douyin_id"),
    Figure("带货商品ID", "text", "product_id"),
    Figure("视频观看次数", "count", "plays"),
    Figure("点赞数", "count", "likes"),
    Figure("评论数", "count", "comments"),
    Figure("收藏数", "count", "saves"),
    Figure("转发数", "count", "shares"),
    Figure("点击关注次数", "count", "fans"),
    Figure("完播率", "percent_of_one", "done"),
    Figure("平均观看时长", "number", "watch"),
    Figure("商品曝光次数", "count", "imps"),
    Figure("商品点击次数", "count", "clicks"),
    Figure("用户支付金额(元)", "yuan", "paid"),
    Figure("退款金额(元)", "yuan", "refund"),
    Figure("退款订单数", "count", "refund_orders"),
    Figure("成交订单数", "count", "orders"),
    Figure("成交人数", "count", "buyers"),
    Figure("引流直播间用户支付金额(元)", "yuan", "led_paid"),
    Figure("看后搜用户支付金额(元)", "yuan", "search_paid"),
    Figure("看后搜商品曝光次数", "count", "search_imps"),
    Figure("看后搜商品点击次数", "count", "search_clicks"),
    Figure("看后搜成交订单数", "count", "search_orders"),
    Figure("引流店铺页用户支付金额(元)", "yuan", "page_paid"),
    Figure("引流店铺页成交订单数", "count", "page_orders"),
    Figure("引流其他用户支付金额(元)", "yuan", "elsewhere_paid"),
    Figure("引流其他成交订单数", "count", "elsewhere_orders"),
    Figure("直播间入口曝光次数", "count", "entry_imps"),
    Figure("引流直播间次数", "count", "led"),
    Figure("引流直播成交订单数", "count", "led_orders"),
    Figure("入口千次曝光用户支付金额(元)", "yuan_thousand", "led_paid", "entry_imps"),
    Figure("商品曝光点击率（次数）", "percent", "clicks", "imps"),
    Figure("商品点击成交率（次数）", "percent", "orders", "clicks"),
    Figure("商品曝光成交率（次数）", "percent", "orders", "imps"),
    Figure("商品千次曝光用户支付金额(元)", "yuan_thousand", "paid", "imps"),
    Figure("投放消耗(元)", "yuan", "ad_bound"),
)
# Now and then the page cuts a long header off.
CUT = {"引流直播间用户支付金额(元)": "引流直播间用户支付金额("}
WORKS = (
    Figure("作品名称", "text", "title"),
    Figure("发布时间", "time", "published"),
    Figure("体裁", "text", "form"),
    Figure("审核状态", "text", "state"),
    Figure("播放量", "count", "plays"),
    Figure("完播率", "percent_of_one", "done"),
    Figure("5s完播率", "percent_of_one", "five"),
    Figure("封面点击率", "percent_of_one", "cover"),
    Figure("2s跳出率", "percent_of_one", "left_2s"),
    Figure("平均播放时长", "number", "watch"),
    Figure("点赞量", "count", "likes"),
    Figure("分享量", "count", "shares"),
    Figure("评论量", "count", "comments"),
    Figure("收藏量", "count", "saves"),
    Figure("主页访问量", "count", "visits"),
    Figure("粉丝增量", "count", "fans"),
)


def exports(world: World) -> Iterator[book.Export]:
    """The same videos in both lists."""
    rows, span = videos.own(world), world.shop.period
    name = f"[{span}]_{{自营}}_{{挂车}}_{{全部}}_{{所有账号}}_{{发布时间不限}}视频详情数据.xlsx"
    cells = spell(rows, VIDEOS)
    if len(world.shop.labels) > 2:
        cells = {CUT.get(header, header): column for header, column in cells.items()}
    yield book.Export(name, {"视频详情数据": cells})
    works = spell(rows.assign(form="视频", state="审核通过"), WORKS)
    yield book.Export(f"创作者中心_作品数据_{span.start:%Y%m%d}_{span.end:%Y%m%d}.csv", {"": works}, "utf-8-sig")
