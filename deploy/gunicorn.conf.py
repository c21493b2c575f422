"""gunicorn, in the demonstration and in production. The environment says how many."""

import gc
import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "sync"  # behind a proxy that reads slow clients for us (deploy/nginx.conf)
timeout = 30
graceful_timeout = 30  # a request that has begun ends before a restart
max_requests = 2000
max_requests_jitter = 200
control_socket_disable = True  # signals are enough, and it would write into the home folder
preload_app = False  # each worker opens its own connections
accesslog = None  # the proxy logs; paths hold random ids, and nothing more should hold them
errorlog = "-"
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
limit_request_line = 4094
limit_request_fields = 60


def post_worker_init(worker):
    """What is loaded at the start lives as long as the worker: the collector need not walk it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
