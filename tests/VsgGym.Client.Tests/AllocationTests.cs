using Xunit.Abstractions;

namespace VsgGym.Client.Tests;

[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;

/// <summary>Counts the bytes of the whole process, so nothing else may run.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class AllocationTests(ServerFixture server, ITestOutputHelper output) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Step_OverAStream_AllocatesLittle()
    {
        const int Warmup = 200, Steps = 1000;
        await using var client = await VsgGymClient.ConnectAsync(server.Unix);
        await using var env = await client.MakeAsync("pursuit-v0", new() { Seed = 0 });
        await env.ResetAsync();
        for (int t = 0; t < Warmup; t++) await env.StepAsync();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int t = 0; t < Steps; t++) await env.StepAsync();
        long perStep = (GC.GetTotalAllocatedBytes(precise: true) - before) / Steps;
        output.WriteLine($"{perStep} bytes a step, client and server of one process together, {env.StepBytes} of them data");
        Assert.True(perStep < 8 * 1024, $"{perStep} bytes a step");
    }
}
