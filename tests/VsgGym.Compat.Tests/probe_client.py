"""Calls the probe service in each way with grpcio; prints "ok NAME" for each check that passes.

Usage: probe_client.py STUBS_FOLDER HOST:PORT unix:SOCKET
"""

import queue
import sys
import traceback

sys.path.insert(0, sys.argv[1])

import grpc  # noqa: E402
import probe_pb2 as pb  # noqa: E402
import probe_pb2_grpc as stubs  # noqa: E402

TCP, UNIX = sys.argv[2], sys.argv[3]
SIXTEEN = 16 * 1024 * 1024
LIMIT = 20 * 1024 * 1024
RAISED = [("grpc.max_receive_message_length", LIMIT), ("grpc.max_send_message_length", -1)]

channel = grpc.insecure_channel(TCP)
probe = stubs.ProbeStub(channel)


def failure_of(call):
    try:
        call()
    except grpc.RpcError as error:
        return error
    raise AssertionError("the call did not fail")


def seen_canceled(number):
    return probe.Unary(pb.Ping(text="seen", number=number), timeout=25).number == number


def unary():
    pong = probe.Unary(pb.Ping(text="hello", number=3))
    assert (pong.text, pong.number) == ("hello", 3)


def server_stream():
    assert [p.number for p in probe.Count(pb.Ping(number=100))] == list(range(100))


def client_stream():
    assert probe.Sum(pb.Ping(number=i) for i in range(1, 101)).number == 5050


def both_streams():
    answers = queue.Queue()

    def pings():
        # Each request after the first waits for the answer to the one before.
        for i in range(50):
            yield pb.Ping(number=i)
            assert answers.get(timeout=10) == 2 * i

    got = []
    for pong in probe.Chat(pings()):
        got.append(pong.number)
        answers.put(pong.number)
    assert got == [2 * i for i in range(50)]


def deadline():
    error = failure_of(lambda: probe.Unary(pb.Ping(text="wait", number=201), timeout=1))
    assert error.code() == grpc.StatusCode.DEADLINE_EXCEEDED, error
    assert seen_canceled(201)


def cancel_unary():
    future = probe.Unary.future(pb.Ping(text="wait", number=202))
    assert probe.Unary(pb.Ping(text="begun", number=202), timeout=25).number == 202
    try:
        future.result(timeout=0.3)
        raise AssertionError("the call ended by itself")
    except grpc.FutureTimeoutError:
        assert future.cancel()
    assert future.cancelled()
    assert seen_canceled(202)


def cancel_stream():
    call = probe.Count(pb.Ping(text="then wait", number=5))
    assert next(call).number == 0
    assert call.cancel()
    assert failure_of(lambda: list(call)).code() == grpc.StatusCode.CANCELLED
    assert seen_canceled(5)


def metadata():
    data = bytes([0, 1, 2, 253, 254, 255])
    _, call = probe.Unary.with_call(pb.Ping(text="metadata"), metadata=(("x-text", "plain"), ("x-data-bin", data)))
    headers, trailers = dict(call.initial_metadata()), dict(call.trailing_metadata())
    assert headers["x-text"] == "plain in headers" and headers["x-data-bin"] == data
    assert trailers["x-text"] == "plain in trailers" and trailers["x-data-bin"] == data[::-1]


def rich_status():
    error = failure_of(lambda: probe.Unary(pb.Ping(text="rich")))
    trailers = dict(error.trailing_metadata())
    status = pb.RichStatus.FromString(trailers["grpc-status-details-bin"])
    ping = pb.Ping()
    assert error.code() == grpc.StatusCode.INVALID_ARGUMENT and error.details() == "the field is wrong"
    assert status.code == 3 and status.details[0].Unpack(ping) and ping.number == 17
    assert trailers["x-hint"] == "look at the field"


def gzip():
    blob = bytes(100_000)
    pong, call = probe.Unary.with_call(pb.Ping(text="encoding", blob=blob), compression=grpc.Compression.Gzip)
    assert pong.blob == blob
    assert dict(call.trailing_metadata())["x-request-encoding"] == "gzip"
    assert dict(call.initial_metadata())["x-response-encoding"] == "gzip"


def sixteen_megabytes():
    blob = bytes(range(256)) * (SIXTEEN // 256)
    with grpc.insecure_channel(TCP, options=RAISED) as raised:
        assert stubs.ProbeStub(raised).Unary(pb.Ping(blob=blob)).blob == blob


def request_over_limit():
    with grpc.insecure_channel(TCP, options=RAISED) as raised:
        error = failure_of(lambda: stubs.ProbeStub(raised).Unary(pb.Ping(blob=bytes(LIMIT + 1))))
    assert error.code() == grpc.StatusCode.RESOURCE_EXHAUSTED, error
    assert "maximum configured message size" in error.details(), error


def response_over_limit():
    error = failure_of(lambda: probe.Unary(pb.Ping(text="large", number=SIXTEEN)))
    assert error.code() == grpc.StatusCode.RESOURCE_EXHAUSTED, error
    assert "larger than max" in error.details(), error


def client_interceptor():
    class Recorder(grpc.UnaryUnaryClientInterceptor, grpc.StreamStreamClientInterceptor):
        kinds = []

        def intercept_unary_unary(self, continuation, details, request):
            self.kinds.append(details.method)
            return continuation(details, request)

        def intercept_stream_stream(self, continuation, details, requests):
            self.kinds.append(details.method)
            return continuation(details, requests)

    intercepted = stubs.ProbeStub(grpc.intercept_channel(channel, Recorder()))
    assert intercepted.Unary(pb.Ping(number=4)).number == 4
    assert [p.number for p in intercepted.Chat(iter([pb.Ping(number=4)]))] == [8]
    assert Recorder.kinds == ["/vsggym.probe.Probe/Unary", "/vsggym.probe.Probe/Chat"]


def server_interceptor():
    def kind(call):
        return dict(call.trailing_metadata())["x-kind"]

    assert kind(probe.Unary.with_call(pb.Ping())[1]) == "unary"
    assert kind(probe.Sum.with_call(iter([pb.Ping()]))[1]) == "client stream"
    for name, call in (("server stream", probe.Count(pb.Ping())), ("both streams", probe.Chat(iter([pb.Ping()])))):
        list(call)
        assert kind(call) == name


def unix_socket():
    with grpc.insecure_channel(UNIX) as local:
        assert stubs.ProbeStub(local).Unary(pb.Ping(number=11)).number == 11


CHECKS = [
    unary, server_stream, client_stream, both_streams, deadline, cancel_unary, cancel_stream, metadata, rich_status,
    gzip, sixteen_megabytes, request_over_limit, response_over_limit, client_interceptor, server_interceptor, unix_socket,
]


def main():
    failed = 0
    for check in CHECKS:
        try:
            check()
            print("ok", check.__name__, flush=True)
        except Exception:
            failed += 1
            print("failed", check.__name__, flush=True)
            traceback.print_exc(file=sys.stdout)
    channel.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
