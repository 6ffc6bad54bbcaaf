import subprocess
import sys

from isogen.run.heaps import share_heaps

IN_MANY_THREADS = """
import os, platform, threading
from isogen.run.heaps import share_heaps
{first}
gate = threading.Barrier(24)
def work():
    kept = [bytes(1 << 16) for _ in range(64)]
    gate.wait()
    del kept[:-1]
threads = [threading.Thread(target=work) for _ in range(24)]
[t.start() for t in threads]
[t.join() for t in threads]
heaps = sum("rw-p" in line and int(line.split()[0].split("-")[0], 16) % (64 << 20) == 0
            for line in open("/proc/self/maps"))
print(heaps if platform.libc_ver()[0] == "glibc" else 0)
"""


def heaps(first: str) -> int:
    """Return how many heaps a process with 24 threads takes."""
    done = subprocess.run(
        [sys.executable, "-c", IN_MANY_THREADS.format(first=first)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return int(done.stdout)


def test_threads_share_few_heaps():
    assert heaps("share_heaps()") <= 2


def test_it_may_be_said_again():
    share_heaps()
    share_heaps()
