namespace VsgGym.Client.Tests;

/// <summary>The child process of <see cref="DeathTests"/>: plays over a stream until it is killed or its server ends.</summary>
internal static class Program
{
    public const string Ready = "playing";

    private static async Task Main(string[] args)
    {
        await using var client = await VsgGymClient.ConnectAsync(args[0]);
        await using var env = await client.MakeAsync("pursuit-v0", new() { NumEnvs = 64, Seed = 0 });
        await env.ResetAsync();
        for (long t = 0; ; t++)
        {
            await env.StepAsync();
            if (t == 100) Console.WriteLine(Ready);
        }
    }
}
