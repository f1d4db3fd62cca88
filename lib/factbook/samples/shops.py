"""The four sample merchants, in the order of the story table."""

from factbook.samples import shop_appliances, shop_food, shop_knitwear, shop_skincare
from factbook.samples.spec import Shop

SAMPLES: tuple[Shop, ...] = (shop_skincare.SHOP, shop_knitwear.SHOP, shop_food.SHOP, shop_appliances.SHOP)
