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
        console.Say("Players that explore play better moves more often, but never only the best.");
        console.Say("The certificate measures what that leaves on the table.");
        Report(await client.SolveAsync(Game, Solver, cancellationToken: cancellationToken).ConfigureAwait(false));
    }

    private void Report(Solution solution)
    {
        console.Say($"Ended by {solution.StopReason} after {solution.Iterations} iterations; residual {solution.Residual.ToString("0.0e+0", CultureInfo.InvariantCulture)}, the size of the last change.");
        console.Table(["player", "expected score", "could gain by deviating alone"], solution.Certificate.Players.Select(p => (string[])[p.Player, Number(p.Value), Number(p.Gap)]));
        console.Say($"NashConv, the sum of those gains: {Number(solution.Certificate.Gap)}. What the theory promises:");
        foreach (var (name, bound) in solution.Certificate.Bounds)
            console.Say($"  {name}: {bound.Statement} {Verdict(bound)}");
    }

    private static string Verdict(Bound bound)
    {
        string measured = double.IsNaN(bound.Measured) ? string.Empty : $", measured {Number(bound.Measured)}";
        return $"Bound {Number(bound.Value)}{measured}: {(bound.PremiseHolds ? "the premises hold." : "the premises do not hold here, so it promises nothing.")}";
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
