"""OpenStack Swift with its S3 API, all of it as children of this process, which is all that must be ended.

Arguments: a folder, and a port each for the proxy and its account, container and object servers.
"""
import ctypes
import getpass
import os
import signal
import sys

from swift.common import utils
from swift.common.ring import RingBuilder
from swift.common.wsgi import run_wsgi

PR_SET_PDEATHSIG = 1
folder, *ports = sys.argv[1:]
KINDS = dict(zip(('proxy', 'account', 'container', 'object'), ports))

DEFAULTS = """[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
user = {user}
swift_dir = {folder}
devices = {folder}/devices
mount_check = false
workers = 0
[app:{kind}-server]
use = egg:swift#{kind}
"""
STORAGE = """[pipeline:main]
pipeline = {kind}-server
"""
# No memcached: what is signed is verified anew at each request. slo is wanted by s3api.
PROXY = """account_autocreate = true
[pipeline:main]
pipeline = catch_errors cache s3api tempauth slo proxy-server
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:slo]
use = egg:swift#slo
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
"""


def write(name, text):
    with open(os.path.join(folder, name), 'w') as file:
        file.write(text)


def configure():
    os.makedirs(os.path.join(folder, 'devices', 'disk'))
    write('swift.conf', '[swift-hash]\nswift_hash_path_suffix = test\n[storage-policy:0]\nname = only\ndefault = yes\n')
    for kind, port in KINDS.items():
        more = PROXY if kind == 'proxy' else STORAGE
        text = (DEFAULTS + more).format(kind=kind, port=port, folder=folder, user=getpass.getuser())
        write(kind + '.conf', text)
        if kind != 'proxy':
            ring = RingBuilder(2, 1, 0)
            ring.add_dev(dict(region=1, zone=1, ip='127.0.0.1', port=int(port), device='disk', weight=1.0))
            ring.rebalance()
            ring.get_ring().save(os.path.join(folder, kind + '.ring.gz'))


def serve(kind):
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    sys.exit(run_wsgi(os.path.join(folder, kind + '.conf'), kind + '-server'))


configure()
utils.set_swift_dir(folder)
for each in KINDS:
    if os.fork() == 0:
        serve(each)
os.wait()
sys.exit('one of its servers has ended')
