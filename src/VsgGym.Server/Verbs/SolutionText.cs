using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Verbs;

/// <summary>A solution as text: how it ended, the policies, the certificate.</summary>
internal static class SolutionText
{
    private const int MostRows = 40;

    /// <summary>Writes a solution.</summary>
    /// <param name="solution">The answer.</param>
    /// <param name="game">The game, for the names of states and actions.</param>
    public static string Write(Proto.Solution solution, ISolvableGame game)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{solution.GameId} by {solution.Solver}: {SolutionJson.StatusOf(solution)} ({solution.StopReason}) ");
        text.Append(CultureInfo.InvariantCulture, $"after {solution.Iterations} iterations, residual {SolutionJson.Show(solution.Residual)}\n");
        for (int p = 0; p < solution.Players.Count; p++) AppendPolicy(text, solution.Players[p], game, p);
        if (solution.Certificate is { } certificate) AppendCertificate(text, certificate);
        else text.Append("\nNo certificate: it was stopped before there was one.\n");
        return text.ToString();
    }

    private static void AppendPolicy(StringBuilder text, Proto.PlayerSolution player, ISolvableGame game, int index)
    {
        int states = game.StateCount, actions = game.ActionCounts[index];
        bool timed = player.Policy.Shape.Count == 3;
        long times = timed ? player.Policy.Shape[0] : 1;
        var numbers = MemoryMarshal.Cast<byte, double>(player.Policy.Data.Span);
        var rows = new List<string[]> { Heading(game, index, timed) };
        for (long row = 0; row < Math.Min(times * states, MostRows); row++)
        {
            int state = (int)(row % states);
            var cells = new List<string> { game.StateLabels.Length > 0 ? game.StateLabels[state] : state.ToString(CultureInfo.InvariantCulture) };
            if (timed) cells.Insert(0, (row / states).ToString(CultureInfo.InvariantCulture));
            for (int a = 0; a < actions; a++) cells.Add(numbers[(int)((row * actions) + a)].ToString("F4", CultureInfo.InvariantCulture));
            rows.Add([.. cells]);
        }

        text.Append(CultureInfo.InvariantCulture, $"\nPolicy of {player.Player}\n{TextTable.Lay(2, [.. rows])}");
        if (times * states > MostRows) text.Append(CultureInfo.InvariantCulture, $"  ... {(times * states) - MostRows} more rows; --out FILE writes them all\n");
    }

    private static string[] Heading(ISolvableGame game, int player, bool timed)
    {
        var labels = game.ActionLabels.Length > player ? game.ActionLabels[player] : [];
        var names = Enumerable.Range(0, game.ActionCounts[player]).Select(a => labels.Length > a ? labels[a] : a.ToString(CultureInfo.InvariantCulture));
        return timed ? ["time", "state", .. names] : ["state", .. names];
    }

    private static void AppendCertificate(StringBuilder text, Proto.Certificate certificate)
    {
        text.Append(CultureInfo.InvariantCulture, $"\nCertificate ({certificate.Concept}): gap {SolutionJson.Show(certificate.Gap)}\n");
        if (Composition.Catalog.Metrics.TryGetValue(certificate.Concept, out var concept)) text.Append(CultureInfo.InvariantCulture, $"  {concept.Summary}\n");
        var players = certificate.Players.Select(player => (string[])[player.Player, SolutionJson.Show(player.Gap), SolutionJson.Show(player.Value)]);
        text.Append(TextTable.Lay(2, [["player", "gap", "value"], .. players]));
        if (certificate.Bounds.Count == 0) return;
        text.Append('\n').Append(TextTable.Lay(2, [["bound", "value", "measured", "premise", "statement"], .. certificate.Bounds.Select(Row)]));
    }

    private static string[] Row(Proto.Bound bound) =>
        [bound.Name, SolutionJson.Show(bound.Value), SolutionJson.Show(bound.Measured), bound.PremiseHolds ? "holds" : "fails", bound.Statement];
}
