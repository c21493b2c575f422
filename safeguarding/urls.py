from django.urls import path

from safeguarding.views import actions, concerns

app_name = "safeguarding"
urlpatterns = [
    path("", concerns.concerns, name="concerns"),
    path("<uuid:key>/", concerns.concern, name="concern"),
    path("<uuid:key>/acknowledge/", concerns.acknowledge, name="acknowledge"),
    path("<uuid:key>/close/", concerns.close, name="close"),
    path("<uuid:key>/open-again/", concerns.reopen, name="reopen"),
    path("<uuid:key>/take-further/", actions.take_further, name="take_further"),
    path("<uuid:key>/taken-further/<int:pk>/reply/", actions.add_reply, name="add_reply"),
    path("<uuid:key>/actions/add/", actions.set_action, name="set_action"),
    path("<uuid:key>/actions/<int:pk>/finish/", actions.finish_action, name="finish_action"),
    path("<uuid:key>/told/", actions.telling, name="telling"),
]
