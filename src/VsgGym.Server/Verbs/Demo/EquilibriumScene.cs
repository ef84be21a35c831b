using System.Globalization;
using VsgGym.Client;

namespace VsgGym.Server.Verbs.Demo;

/// <summary>Solves pursuit by the exploring-agents iteration and shows what its certificate says.</summary>
internal sealed class EquilibriumScene(DemoConsole console, VsgGymClient client)
{
    private const string Game = "pursuit-v0";
    private const string Solver = "mge_f";

    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        console.Heading($"3. Solve and certify: {Game} by {Solver}");
        console.Say("Players that explore: each plays better moves more often, but never only the best. The certificate measures what that costs.");
        SolveProgress? last = null;
        Solution? solution = null;
        await foreach (var happened in client.WatchSolveAsync(Game, Solver, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (happened is SolveProgress progress) last = progress;
            if (happened is SolveFinished finished) solution = finished.Solution;
        }

        Report(solution!, last);
    }

    private void Report(Solution solution, SolveProgress? last)
    {
        console.Say($"Ended by {solution.StopReason} after {solution.Iterations} iterations with residual {solution.Residual.ToString("0.0e+0", CultureInfo.InvariantCulture)} (its last change).");
        if (last is not null) console.Say($"(Progress came while it ran: the last event was at iteration {last.Iteration}.)");
        console.Table(["player", "expected score", "could gain by deviating alone"], solution.Certificate.Players.Select(p => (string[])[p.Player, Number(p.Value), Number(p.Gap)]));
        console.Say($"NashConv, the sum of those gains: {Number(solution.Certificate.Gap)}. What the theory promises:");
        foreach (var (name, bound) in solution.Certificate.Bounds)
            console.Say($"  {name}: {bound.Statement} (bound {Number(bound.Value)}, measured {Number(bound.Measured)}, premises {(bound.PremiseHolds ? "hold" : "do not hold here")})");
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
