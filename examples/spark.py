"""A filter in Spark: spark-submit spark.py INPUT OUTPUT PARTITIONS

PySpark gives the program the environment in env and nothing else, and looks
at its exit status only with checkCode.  Failed records stay in the output,
with their error.  Leave spark.speculation off: records would be paid twice.
"""
import os
import sys

from pyspark import SparkContext

source, target, partitions = sys.argv[1:]
wanted = ("PATH", "AC_BASE_URL", "AC_MODEL", "AC_KEY_FILE", "AC_CACHE")
env = {name: os.environ[name] for name in wanted if name in os.environ}

SparkContext(appName="ac-ask").textFile(source, int(partitions)).pipe(
    "ac-ask -q -j 8 --max-errors 100%", env=env, checkCode=True
).saveAsTextFile(target)
