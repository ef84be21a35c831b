using System.Diagnostics;
using Google.Protobuf;
using VsgGym.Client;
using VsgGym.Protocol.V1;
using VsgGym.Server.Hosting;

namespace VsgGym.Benchmarks;

/// <summary>One step of pursuit through the C# client over a unix socket, beside a bare gRPC echo of as many bytes.</summary>
internal static class RoundTrip
{
    private const int Rounds = 200; // short and alternating, so that a busy moment meets both
    private const int Warmup = 40;
    private const int Steps = 100;

    public static async Task RunAsync()
    {
        string socket = "unix:" + Path.Combine(Path.GetTempPath(), $"vsggym-bench-{Guid.NewGuid():N}.sock");
        await using var host = await ServerHost.StartAsync(new ServerOptions
        {
            Listen = [ListenAddress.Parse(socket)],
            LogLevel = Microsoft.Extensions.Logging.LogLevel.Error,
        });
        await using var client = await VsgGymClient.ConnectAsync(host.Addresses[0]);
        await using var echo = await EchoHost.StartAsync();
        foreach (int copies in (int[])[1, 64, 1024, 4096])
        {
            await using var env = await client.MakeAsync("pursuit-v0", new() { NumEnvs = copies, Seed = 0 });
            await env.ResetAsync();
            await CompareAsync(env, echo);
        }
    }

    private static async Task CompareAsync(BatchEnvironment env, EchoHost echo)
    {
        byte[] request = new byte[new EnvironmentRequest { Step = new StepRequest { EnvironmentId = env.Id, Actions = Bytes(env.ActionBytes) } }.CalculateSize()];
        int answer = new EnvironmentResponse { Step = new StepResponse { Data = Bytes(env.StepBytes) } }.CalculateSize();
        var (steps, echoes, ratios) = (new Samples(), new Samples(), new List<double>());
        for (int round = -Warmup; round < Rounds; round++)
        {
            var (ours, theirs) = (new Samples(), new Samples());
            await RepeatAsync(() => env.StepAsync().AsTask(), ours, steps, round);
            await RepeatAsync(() => echo.ExchangeAsync(request, answer), theirs, echoes, round);
            if (round >= 0) ratios.Add(ours.Median / theirs.Median);
        }

        ratios.Sort();
        Console.WriteLine(FormattableString.Invariant($"round trip, pursuit, {env.NumEnvs} copies, {request.Length} bytes out and {answer} back, unix socket"));
        Console.WriteLine($"  step: {steps}");
        Console.WriteLine($"  echo: {echoes}");
        Console.WriteLine(FormattableString.Invariant(
            $"  ratio {ratios[Rounds / 2]:0.00} (half of the rounds {ratios[Rounds / 4]:0.00} to {ratios[Rounds * 3 / 4]:0.00}); {env.NumEnvs / steps.Median * 1e6:0} joint steps a second"));
    }

    private static async Task RepeatAsync(Func<Task> exchange, Samples round, Samples all, int index)
    {
        for (int k = 0; k < Steps; k++)
        {
            long start = Stopwatch.GetTimestamp();
            await exchange();
            if (index < 0) continue; // warming up
            round.Add(start);
            all.Add(start);
        }
    }

    private static ByteString Bytes(int count) => UnsafeByteOperations.UnsafeWrap(new byte[count]);
}
