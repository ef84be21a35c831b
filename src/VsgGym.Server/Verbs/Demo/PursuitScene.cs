using System.Diagnostics;
using VsgGym.Client;
using VsgGym.Numerics;

namespace VsgGym.Server.Verbs.Demo;

/// <summary>Plays many copies of the pursuit game at once with random legal moves.</summary>
internal sealed class PursuitScene(DemoConsole console, VsgGymClient client)
{
    private const int Copies = 64;
    private const int Moments = 3;
    private const int Nodes = 9;
    private const string Game = "pursuit-v0";
    private const double RewardOfCatch = 0.4;

    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        console.Heading($"1. Play: {Game}, {Copies} copies at once");
        console.Say("A hunter and a prey move at once on a 3x3 grid; here both pick at random among their legal moves.");
        await using var env = await client.MakeAsync(Game, new MakeOptions { NumEnvs = Copies, Seed = 0 }, cancellationToken).ConfigureAwait(false);
        var moments = new List<string>();
        double[] scores = new double[Copies];
        var watch = Stopwatch.StartNew();
        var step = await env.ResetAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        moments.Add(await env.RenderAsync(0, cancellationToken: cancellationToken).ConfigureAwait(false));
        int horizon = env.Horizon ?? 1;
        for (int t = 0; t < horizon; t++)
        {
            for (int seat = 0; seat < env.Players.Count; seat++) ChooseAtRandom(step.LegalActions(seat), env.Actions(seat), t, seat);
            step = await env.StepAsync(cancellationToken).ConfigureAwait(false);
            Add(step.Rewards("hunter"), scores);
            if (t == 0 || (moments.Count < Moments && SameNode(step.Observations("hunter")[0]))) moments.Add(await env.RenderAsync(0, cancellationToken: cancellationToken).ConfigureAwait(false));
        }

        var time = watch.Elapsed;
        console.Say("Copy 0 at the start, after one move, and when the hunter first meets the prey:");
        console.Beside(moments);
        Report(env, scores, horizon, time);
    }

    private void Report(BatchEnvironment env, double[] scores, int horizon, TimeSpan time)
    {
        double mean = scores.Average();
        double deviation = Math.Sqrt(scores.Sum(s => (s - mean) * (s - mean)) / (scores.Length - 1));
        console.Say(FormattableString.Invariant(
            $"Hunter's score: {mean:0.00} +- {deviation / Math.Sqrt(scores.Length):0.00} a game (mean, standard error over {Copies} games)."));
        console.Say(FormattableString.Invariant(
            $"It is paid {RewardOfCatch} a moment on the prey's node: {mean / RewardOfCatch:0.0} of {horizon + 1} moments. The prey's score is the negative."));
        console.Say(FormattableString.Invariant(
            $"{Copies * horizon} joint steps in {time.TotalMilliseconds:0} ms over one stream, {env.ActionBytes} bytes out and {env.StepBytes} back a step."));
    }

    private static void ChooseAtRandom(ReadOnlySpan<bool> legal, Span<int> actions, int time, int seat)
    {
        int count = legal.Length / actions.Length;
        for (int copy = 0; copy < actions.Length; copy++)
        {
            var random = RandomStream.At((ulong)copy, (uint)seat, 0, (uint)time);
            var mask = legal.Slice(copy * count, count);
            int skip = random.NextInt32(mask.Count(true));
            for (actions[copy] = 0; !mask[actions[copy]] || skip-- > 0; actions[copy]++)
            {
            }
        }
    }

    private static bool SameNode(int observation) => observation / Nodes == observation % Nodes; // 9 * hunter's node + prey's node

    private static void Add(ReadOnlySpan<double> rewards, double[] scores)
    {
        for (int copy = 0; copy < scores.Length; copy++) scores[copy] += rewards[copy];
    }
}
