"""A client as one writes it with a Python library, to measure the library.

peers.py aiohttp|openai URL JOBS < requests > answers

Requests are lines of OpenAI's batch format, as `ac-ask -n` prints them; at
most JOBS are in flight.  Each reply is parsed, the question in it taken out,
and a line with the request's id and the question written.
"""

import asyncio
import json
import sys


async def with_aiohttp(url, jobs, lines):
    import aiohttp

    connector = aiohttp.TCPConnector(limit=jobs)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def ask(body):
            async with session.post(url + "/chat/completions",
                                    json=body) as reply:
                reply.raise_for_status()
                reply = await reply.json()
                return reply["choices"][0]["message"]["content"]

        await work(ask, jobs, lines)


async def with_openai(url, jobs, lines):
    import openai

    # As many connections kept open as are in use; its default is 100.
    limits = type(openai.DEFAULT_CONNECTION_LIMITS)(
        max_connections=jobs, max_keepalive_connections=jobs)
    http = openai.DefaultAsyncHttpxClient(limits=limits)
    async with openai.AsyncOpenAI(base_url=url, api_key="none",
                                  http_client=http) as client:

        # Most of its time goes into walking the messages for their types.
        async def ask(body):
            reply = await client.chat.completions.create(**body)
            return reply.choices[0].message.content

        await work(ask, jobs, lines)


async def work(ask, jobs, lines):
    async def worker():
        for line in lines:
            request = json.loads(line)
            answer = json.loads(await ask(request["body"]))
            json.dump({"id": request["custom_id"],
                       "question": answer["question"]}, sys.stdout)
            sys.stdout.write("\n")

    await asyncio.gather(*(worker() for _ in range(jobs)))


clients = {"aiohttp": with_aiohttp, "openai": with_openai}
name, url, jobs = sys.argv[1:]
asyncio.run(clients[name](url, int(jobs), iter(sys.stdin)))
